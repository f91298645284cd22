package dev.lockstep.tests.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** The login page as a person finds things on it. */
final class LoginPage {

    private final Page page;

    private LoginPage(Page page) {
        this.page = page;
    }

    /** Opens it in a new window of somebody who reads English and came from the given page. */
    static LoginPage openedBy(Visitor visitor, String from) {
        visitor.toleratesLeavingAfter("POST", "/api/session");
        return new LoginPage(visitor.open("/login.html?from=" + from));
    }

    Page page() {
        return page;
    }

    Locator password() {
        return page.getByLabel("Password");
    }

    Locator submit() {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in").setExact(true));
    }

    /** What the page says came of the attempt. */
    Locator result() {
        return page.getByRole(AriaRole.STATUS);
    }

    /** Logs in, as the name that the page suggests; returns the page that comes then. */
    Page logIn(String password) {
        password().fill(password);
        submit().click();
        page.waitForURL(url -> !url.contains("/login.html"));
        return page;
    }
}
