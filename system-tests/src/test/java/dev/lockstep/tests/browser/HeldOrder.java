package dev.lockstep.tests.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Keeps orders, at once or by ticket, on their way from the page to the shop, so that a test can look at, or do something in, the time between. */
final class HeldOrder {

    private static final Pattern ORDERS = Pattern.compile("/api/(orders|tickets)$");

    private final Page page;
    private final List<Route> held = new ArrayList<>();

    private HeldOrder(Page page) {
        this.page = page;
    }

    /** Holds all orders that this page sends from now on. */
    static HeldOrder on(Page page) {
        HeldOrder order = new HeldOrder(page);
        page.route(ORDERS, order::hold);
        return order;
    }

    private void hold(Route route) {
        if (route.request().method().equals("POST")) {
            held.add(route);
        } else {
            route.resume();
        }
    }

    HeldOrder await() {
        page.waitForCondition(() -> !held.isEmpty());
        return this;
    }

    /** How many orders the page has sent. */
    int count() {
        return held.size();
    }

    /** Lets the first order reach the shop, but the answer not the page. */
    void reachTheShop() {
        held.get(0).fetch();
    }

    /** Lets all orders go their way, and holds no others. */
    void letGo() {
        stop();
        held.forEach(Route::resume);
    }

    /** Holds no orders any more; those held do not arrive. */
    void stop() {
        page.unroute(ORDERS);
    }
}
