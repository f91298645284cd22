package dev.lockstep.tests.browser;

import com.microsoft.playwright.options.Cookie;
import dev.lockstep.tests.RunningShop;
import java.net.HttpCookie;
import java.util.ArrayList;
import java.util.List;

/** Those who visit the shop in one test. Nothing they store outlives it. */
final class Visitors implements AutoCloseable {

    private final Chromium chromium;
    private final RunningShop shop;
    private final List<Visitor> all = new ArrayList<>();

    Visitors(Chromium chromium, RunningShop shop) {
        this.chromium = chromium;
        this.shop = shop;
    }

    /** Somebody with a wide window, who reads English. */
    Visitor one() {
        return one(Look.USUAL);
    }

    Visitor one(Look look) {
        return visitor(chromium.profile(look, shop.address()));
    }

    /** An operator with a wide window, who reads English and is logged in already. */
    Visitor operator() {
        return operator(Look.USUAL);
    }

    Visitor operator(Look look) {
        HttpCookie session = shop.operatorCookie();
        Profile profile = chromium.profile(look, shop.address());
        profile.context().addCookies(List.of(new Cookie(session.getName(), session.getValue()).setUrl(shop.address())));
        return visitor(profile);
    }

    private Visitor visitor(Profile profile) {
        Visitor visitor = new Visitor(profile, shop.address());
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
