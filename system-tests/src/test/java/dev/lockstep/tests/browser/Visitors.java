package dev.lockstep.tests.browser;

import com.microsoft.playwright.options.Cookie;
import dev.lockstep.tests.Site;
import java.net.HttpCookie;
import java.util.ArrayList;
import java.util.List;

/** Those who visit a site in one test. Nothing they store outlives it. */
final class Visitors implements AutoCloseable {

    private final Chromium chromium;
    private final Site site;
    private final List<Visitor> all = new ArrayList<>();

    Visitors(Chromium chromium, Site site) {
        this.chromium = chromium;
        this.site = site;
    }

    /** Somebody with a wide window, who reads English. */
    Visitor one() {
        return one(Look.USUAL);
    }

    Visitor one(Look look) {
        return visitor(chromium.profile(look, site.address()));
    }

    /** An operator with a wide window, who reads English and is logged in already. */
    Visitor operator() {
        return operator(Look.USUAL);
    }

    Visitor operator(Look look) {
        HttpCookie session = site.operatorCookie();
        Profile profile = chromium.profile(look, site.address());
        profile.context().addCookies(List.of(new Cookie(session.getName(), session.getValue()).setUrl(site.address())));
        return visitor(profile);
    }

    private Visitor visitor(Profile profile) {
        Visitor visitor = new Visitor(profile, site.address());
        all.add(visitor);
        return visitor;
    }

    void assertNoOtherFaults() {
        all.forEach(Visitor::assertNoOtherFaults);
    }

    void keepScreenshots(String name) {
        all.forEach(visitor -> visitor.keepScreenshots(name + "-" + all.indexOf(visitor)));
    }

    @Override
    public void close() {
        all.forEach(Visitor::close);
    }
}
