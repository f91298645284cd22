package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The description of the API, for people. */
@ExtendWith(InBrowser.class)
class OpenApiPageIT {

    @ParameterizedTest
    @MethodSource(Looks.ALL)
    void operation_isShown_withItsAnswers_andTheirSchemas(
            int width, ColorScheme scheme, String locale, Visitors visitors) {
        Visitor visitor = visitors.one(new Look(width, scheme, locale));
        Page page = visitor.open("/");
        page.locator("#foot-api").click();
        assertThat(page.locator("#foot-api")).hasAttribute("aria-current", "page");
        Locator placeOrder = page.locator("#placeOrder");
        placeOrder.locator("summary").click();
        assertThat(placeOrder).containsText("409");
        placeOrder.locator("a[href='#schema-Order']").first().click();
        assertThat(page.locator("#schema-Order")).hasAttribute("open", "");
        assertThat(page.locator("#schema-Order")).containsText("createTime");
        visitor.inspect(page, "openapi-" + width);
    }
}
