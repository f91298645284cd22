package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.RunningShop;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The order page for somebody without a mouse. */
@ExtendWith(InBrowser.class)
class OrderPageKeyboardIT {

    /** Whether the focus shows: an outline around it or around the card that holds it. */
    private static final String FOCUS_SHOWS = """
            () => [document.activeElement, document.activeElement.closest('label')].some((shown) => {
              const style = shown && getComputedStyle(shown);
              return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
            })""";

    @Test
    void tab_goesThroughThePageAsItIsRead_andShowsWhereItIs(Visitors visitors) {
        Visitor visitor = visitors.one();
        OrderPage page = OrderPage.openedBy(visitor);

        List<String> stops = new ArrayList<>();
        for (int i = 0; i < Keyboard.MOST_STOPS && !stops.contains("Place order"); i++) {
            stops.add(Keyboard.tab(page.page()));
            assertThat(page.page().evaluate(FOCUS_SHOWS))
                    .as("focus shows at " + stops)
                    .isEqualTo(true);
        }

        assertThat(stops)
                .containsSubsequence(
                        "English", "中文", DemoProduct.LONGJING.label(), "Quantity", "Name of the order", "Place order");
        visitor.inspect(page.page(), "keyboard-focus");
    }

    @Test
    void orderWithoutAMouse_isPlaced(RunningShop shop, Visitors visitors) throws Exception {
        OrderPage page = OrderPage.openedBy(visitors.one());
        Keyboard.tabTo(page.page(), DemoProduct.LONGJING.label());
        for (int i = 0;
                i < Keyboard.MOST_STOPS && !page.product(DemoProduct.OOLONG).isChecked();
                i++) {
            page.page().keyboard().press("ArrowDown");
        }
        Keyboard.tabTo(page.page(), "Quantity");
        page.page().keyboard().press("ControlOrMeta+a");
        page.page().keyboard().type("2");
        Keyboard.tabTo(page.page(), "Name of the order");
        page.page().keyboard().type("By keyboard");
        page.page().keyboard().press("Enter");

        assertThat(page.result()).containsText("2 × Oolong sampler, " + OrderPage.quoted("By keyboard"));
        assertThat(page.orderName()).isFocused();
        assertThat(shop.ordersOf(DemoProduct.OOLONG)).isEqualTo(1);
    }
}
