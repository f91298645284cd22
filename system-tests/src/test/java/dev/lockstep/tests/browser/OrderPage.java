package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import dev.lockstep.tests.DemoProduct;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order page as a person finds things on it: by what they are and what they are called. */
final class OrderPage {

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

    /** Words that are in no text of the page but are read out or shown over it. */
    private static final String ATTRIBUTES = """
            () => ['aria-label', 'title', 'alt', 'placeholder']
              .flatMap((name) => [...document.querySelectorAll(`[${name}]`)].map((found) => found.getAttribute(name)))
              .join('\\n')""";

    private final Page page;
    private final Words words;

    OrderPage(Page page, Words words) {
        this.page = page;
        this.words = words;
    }

    /** Opens it in a new window of somebody who reads English, and waits until everything is there. */
    static OrderPage openedBy(Visitor visitor) {
        return openedBy(visitor, Words.ENGLISH);
    }

    static OrderPage openedBy(Visitor visitor, Words words) {
        return new OrderPage(visitor.open("/"), words).loaded();
    }

    /** The same page after its words have become others. */
    OrderPage in(Words other) {
        return new OrderPage(page, other).loaded();
    }

    OrderPage reload() {
        page.reload();
        return loaded();
    }

    private OrderPage loaded() {
        assertThat(page.getByRole(AriaRole.RADIOGROUP, new Page.GetByRoleOptions().setName(words.products())))
                .isVisible();
        assertThat(product(DemoProduct.LONGJING)).isVisible();
        assertThat(page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(words.orders()))
                        .locator("[aria-busy=false]"))
                .isVisible();
        return this;
    }

    Page page() {
        return page;
    }

    Locator product(DemoProduct product) {
        return page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(product.label()));
    }

    Locator quantity() {
        return page.getByLabel(words.quantity());
    }

    Locator orderName() {
        return page.getByLabel(words.orderName());
    }

    Locator place() {
        return button(words.place());
    }

    Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    /** Sends the order once more whose outcome is open. */
    Locator retry() {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(words.order()))
                .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Try again"));
    }

    /** What the page says came of the order. */
    Locator result() {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(words.order()))
                .getByRole(AriaRole.STATUS);
    }

    Locator orders() {
        return page.getByRole(AriaRole.REGION, new Page.GetByRoleOptions().setName(words.orders()))
                .getByRole(AriaRole.LISTITEM);
    }

    /** The orders of this name in the list of the newest. */
    Locator orders(String name) {
        return orders().filter(new Locator.FilterOptions().setHasText(name));
    }

    OrderPage fill(DemoProduct product, int quantity, String name) {
        product(product).check();
        quantity().fill(Integer.toString(quantity));
        orderName().fill(name);
        return this;
    }

    void order(DemoProduct product, int quantity, String name) {
        fill(product, quantity, name).place().click();
    }

    /** How the page quotes the name of an order: isolated, so that its direction of writing is its own. */
    static String quoted(String orderName) {
        return "“\u2068" + orderName + "\u2069”";
    }

    /** The number that the page gives for the order just placed. */
    String orderNumber() {
        Matcher number = UUID.matcher(result().innerText());
        if (!number.find()) {
            throw new AssertionError("No order number in: " + result().innerText());
        }
        return number.group();
    }

    /** All it says, also to those who hear it, but for names: of products, languages, the shop, and these of orders. */
    String wordsOfItsOwn(List<String> orderNames) {
        String own = page.title() + "\n" + page.locator("body").innerText() + "\n" + page.evaluate(ATTRIBUTES);
        for (String name : orderNames) {
            own = own.replace(name, "");
        }
        for (DemoProduct product : DemoProduct.values()) {
            own = own.replace(product.label(), "");
        }
        return UUID.matcher(own.replace("Lockstep", "").replace("English", "")).replaceAll("");
    }
}
