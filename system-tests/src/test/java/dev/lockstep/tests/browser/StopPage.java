package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.RunningShop;

/** The page that holds an order in the middle of its transaction, as an operator finds things on it. */
final class StopPage {

    private final Page page;

    private StopPage(Page page) {
        this.page = page;
    }

    /** Opens it in a new window of somebody who is logged in, and waits until everything is there. */
    static StopPage openedBy(Visitor operator) {
        return openedBy(operator, "stop.html");
    }

    /** The same, with an address that may name a hold. */
    static StopPage openedBy(Visitor operator, String address) {
        return loaded(operator.open("/" + address));
    }

    /** The same for somebody who logs in on the way, with the address encoded for a query. */
    static StopPage openedBy(Visitor visitor, RunningShop shop, String address) {
        return loaded(LoginPage.openedBy(visitor, address).logIn(shop.operatorPassword()));
    }

    private static StopPage loaded(Page page) {
        assertThat(page.locator("#stop-product option").first()).hasCount(1);
        return new StopPage(page);
    }

    Page page() {
        return page;
    }

    void speakChinese() {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("中文"))
                .click();
    }

    /** Places an order that is held after the work ({@code WORK}) or after both prepares ({@code PREPARED}). */
    void hold(DemoProduct product, int quantity, String at) {
        hold(product.id(), quantity, at);
    }

    void hold(int productId, int quantity, String at) {
        page.locator("#stop-product").selectOption(Integer.toString(productId));
        page.locator("#stop-quantity").fill(Integer.toString(quantity));
        page.locator("input[name=at][value=" + at + "]").check();
        page.locator("#stop-submit").click();
    }

    /** Places an order during which Payara is killed. */
    void breakPayara(DemoProduct product, String at) {
        breakIt("Payara, the coordinator", product, at);
    }

    /** Places an order during which only this one is killed. */
    void breakIt(String victim, DemoProduct product, String at) {
        for (Locator choice : breaking().getByRole(AriaRole.CHECKBOX).all()) {
            choice.uncheck();
        }
        breaking().getByLabel(victim).check();
        breaking().getByLabel("When").selectOption(at);
        breaking()
                .getByLabel("Product", new Locator.GetByLabelOptions().setExact(true))
                .selectOption(Integer.toString(product.id()));
        page.locator("#break-submit").click();
    }

    /** Its form and what came of it; empty outside of a demonstration. */
    Locator breaking() {
        return page.locator("#break");
    }

    Locator commit() {
        return page.locator("#stage-commit");
    }

    Locator rollback() {
        return page.locator("#stage-rollback");
    }

    /** Where the order is: held, committed, …, in words. */
    Locator title() {
        return page.locator("#stage-title");
    }

    Locator steps() {
        return page.locator("#steps");
    }

    /** What another reader sees of the row in the product database. */
    Locator stockSeen() {
        return page.locator("#reader .row-card").first();
    }

    /** What another reader sees of the row in the orders database. */
    Locator orderSeen() {
        return page.locator("#reader .row-card").last();
    }

    /** How long it is still held. */
    Locator left() {
        return page.locator("#stage-left");
    }

    /** Why nothing new is known of a hold, if so. */
    Locator failure() {
        return page.locator("#stage-failure");
    }

    void assertState(String state) {
        assertThat(page.locator("#stage")).hasAttribute("data-state", state);
    }
}
