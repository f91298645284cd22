package dev.lockstep.tests.browser;

import dev.lockstep.tests.RunningShop;
import java.util.ArrayList;
import java.util.List;

/** Those who visit the shop in one test. Nothing they store outlives it. */
final class Visitors implements AutoCloseable {

    private final Chromium chromium;
    private final String address;
    private final List<Visitor> all = new ArrayList<>();

    Visitors(Chromium chromium, RunningShop shop) {
        this.chromium = chromium;
        this.address = shop.address();
    }

    /** Somebody with a wide window, who reads English. */
    Visitor one() {
        return one(Look.USUAL);
    }

    Visitor one(Look look) {
        Visitor visitor = new Visitor(chromium.fresh(look, address), address);
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
