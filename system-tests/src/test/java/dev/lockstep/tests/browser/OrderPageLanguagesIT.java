package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.RunningShop;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The order page in both its languages. */
@ExtendWith(InBrowser.class)
class OrderPageLanguagesIT {

    private static final String CHINESE_BROWSER = "zh-CN";

    @Test
    void chosenLanguage_isSpokenAtOnceAndKept(Visitors visitors) {
        OrderPage page = OrderPage.openedBy(visitors.one());
        assertThat(page.page().locator("html")).hasAttribute("lang", "en");
        assertThat(page.button("English")).hasAttribute("aria-pressed", "true");

        page.button("中文").click();

        OrderPage chinese = page.in(Words.CHINESE);
        assertThat(chinese.page().locator("html")).hasAttribute("lang", "zh");
        assertThat(chinese.button("中文")).isFocused();
        chinese.reload();
        assertThat(chinese.page().locator("html")).hasAttribute("lang", "zh");
        assertThat(chinese.button("中文")).hasAttribute("aria-pressed", "true");
        chinese.button("English").click();
        assertThat(chinese.in(Words.ENGLISH).page()).hasTitle(Pattern.compile("Two databases"));
    }

    @Test
    void chinesePage_saysNothingInEnglish(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one(Look.USUAL.withLocale(CHINESE_BROWSER));
        visitor.expectsFault("status of 409");
        OrderPage page = OrderPage.openedBy(visitor, Words.CHINESE);
        assertAllChinese(shop, visitor, page, "zh-page");

        page.place().click();
        assertThat(page.page().getByText("请选择商品。")).isVisible();
        assertAllChinese(shop, visitor, page, "zh-invalid");

        page.order(DemoProduct.TOWEL, 1000, "毛巾");
        assertThat(page.result()).containsText("下单成功。");
        assertThat(page.orders("毛巾")).hasCount(1);
        assertAllChinese(shop, visitor, page, "zh-placed");

        page.order(DemoProduct.TOWEL, 1000, "更多毛巾");
        assertThat(page.result()).containsText("库存不足。");
        assertAllChinese(shop, visitor, page, "zh-out-of-stock");
    }

    @Test
    void chinesePage_isReadableOnAPhoneAtNight(Visitors visitors) {
        Visitor visitor = visitors.one(new Look(360, ColorScheme.DARK, CHINESE_BROWSER));
        OrderPage page = OrderPage.openedBy(visitor, Words.CHINESE);

        page.order(DemoProduct.FILTERS, 1, "夜里的订单");

        assertThat(page.result()).containsText("下单成功。");
        assertThat(page.orders("夜里的订单")).hasCount(1);
        visitor.inspect(page.page(), "zh-placed-360-dark");
    }

    private static void assertAllChinese(RunningShop shop, Visitor visitor, OrderPage page, String state) {
        assertThat(page.wordsOfItsOwn(shop.orderNames()))
                .as("words in " + state)
                .doesNotContainPattern("[A-Za-z]{2,}");
        visitor.inspect(page.page(), state);
    }
}
