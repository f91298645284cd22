package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.lockstep.tests.RunningShop;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Logging in and out. */
@ExtendWith(InBrowser.class)
class LoginPageIT {

    @Test
    void wrongPassword_isToldInWords_andTheRightOneLeadsBack_untilLogout(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one();
        visitor.expectsFault("status of 401");
        visitor.toleratesLeavingAfter("DELETE", "/api/session");
        LoginPage login = LoginPage.openedBy(visitor, "picture.html");
        visitor.inspect(login.page(), "login");

        login.password().fill("not the password");
        login.submit().click();

        assertThat(login.result()).hasText("Wrong name or password.");
        assertThat(login.password()).isFocused();
        assertThat(login.password()).hasAttribute("aria-invalid", "true");
        visitor.inspect(login.page(), "login-failed");

        Page picture = login.logIn(shop.operatorPassword());
        assertThat(picture).hasURL(shop.address() + "/picture.html");
        assertThat(logOut(picture)).isVisible();
        visitor.inspect(picture, "logged-in");
        logOut(picture).click();

        assertThat(logIn(picture)).isVisible();
        assertThat(logOut(picture)).hasCount(0);
        picture.reload();
        assertThat(logIn(picture)).isVisible();
    }

    @Tag("slow")
    @Test
    void loginWithoutAMouse_startsAtThePassword_andLeadsBackToThePage(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one();
        visitor.toleratesLeavingAfter("POST", "/api/session");
        Page page = visitor.open("/console.html");
        Keyboard.tabTo(page, "Log in");
        page.keyboard().press("Enter");
        page.waitForURL(Pattern.compile("/login\\.html"));
        assertThat(page.getByLabel("Password")).isFocused();

        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Enter name and password.");
        assertThat(page.getByLabel("Password")).isFocused();
        page.keyboard().type(shop.operatorPassword());
        page.keyboard().press("Enter");

        assertThat(page).hasURL(shop.address() + "/console.html");
        assertThat(logOut(page)).isVisible();
    }

    /** Whoever is logged in already is led on at once, but never away from the shop. */
    @Test
    void foreignAddress_isNotWhereALoginLeads(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one();
        LoginPage.openedBy(visitor, "https://example.org/").logIn(shop.operatorPassword());

        for (String from : List.of("https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org")) {
            assertThat(visitor.open("/login.html?from=" + from)).hasURL(shop.address() + "/");
        }
    }

    @ParameterizedTest
    @MethodSource(Looks.ALL)
    void everyLook_isReadable(int width, ColorScheme scheme, String locale, Visitors visitors) {
        Visitor visitor = visitors.one(new Look(width, scheme, locale));
        Page page = visitor.open("/login.html");

        page.getByRole(AriaRole.MAIN).getByRole(AriaRole.BUTTON).click();

        assertThat(page.getByRole(AriaRole.STATUS))
                .hasText(locale.startsWith("zh") ? "请输入用户名和密码。" : "Enter name and password.");
        visitor.inspect(page, "login-" + width + '-' + scheme.name().toLowerCase(Locale.ROOT) + '-' + locale);
    }

    private static Locator logOut(Page page) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out"));
    }

    private static Locator logIn(Page page) {
        return page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Log in"));
    }
}
