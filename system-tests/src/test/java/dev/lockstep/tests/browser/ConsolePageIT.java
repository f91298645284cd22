package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.lockstep.tests.BranchesByHand;
import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.OrderApi;
import dev.lockstep.tests.RunningShop;
import dev.lockstep.tests.TicketClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console, with real orders and a branch that a dead server left. */
@ExtendWith(InBrowser.class)
class ConsolePageIT {

    private static final String DEAD = "nobody,server,P100";
    private static final String GUESS =
            "I know that this is a guess, and that it may split the two databases for good.";
    private static final String TAKE_ONE =
            "UPDATE product SET product_nums = product_nums - 1 WHERE product_id = " + DemoProduct.FILTERS.id();

    @Test
    void orderAppearsByItself_isFoundByState_andOpened(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one();
        Page page = visitor.open("/console.html");
        assertThat(page.getByText("Live", new Page.GetByTextOptions().setExact(true)))
                .isVisible();
        String name = "Seen in the console " + UUID.randomUUID() + " " + "and".repeat(30);
        UUID orderId = UUID.randomUUID();
        shop.api().post(OrderApi.orderJson(orderId, DemoProduct.FILTERS.id(), 2, name));

        assertThat(row(page, name)).containsText("Committed");
        assertThat(page.locator("#transactions-shown")).hasText(Pattern.compile("^1–[0-9]+ of [0-9,]+$"));
        assertNoWordIsBroken(page);
        visitor.inspect(page, "console");
        button(page, "Rolled back").click();
        assertThat(row(page, name)).hasCount(0);
        page.getByLabel("Find by order, product or id").fill(name);
        assertThat(page.getByText("There is no such transaction")).isVisible();
        button(page, "Committed").click();
        row(page, name).getByRole(AriaRole.BUTTON).press("Enter");

        Locator detail = page.getByRole(AriaRole.DIALOG);
        assertThat(detail).containsText("Decision: the commit point commits");
        assertThat(detail).containsText("HTTP 201");
        detail.locator("#copy-detail-" + orderId).click();
        assertThat(detail.locator("#copy-detail-" + orderId)).hasText("Copied");
        visitor.inspect(page, "console-transaction");
        page.keyboard().press("Escape");
        assertThat(detail).isHidden();
        assertThat(row(page, name).getByRole(AriaRole.BUTTON)).isFocused();

        Page same = visitor.open(page.url().substring(shop.address().length()));
        assertThat(button(same, "Committed")).hasAttribute("aria-pressed", "true");
        assertThat(same.getByLabel("Find by order, product or id")).hasValue(name);
        assertThat(same.locator("#transactions-shown")).hasText("1–1 of 1");
        assertThat(row(same, name)).isVisible();
    }

    /**
     * Scenario: an operator resets the statistics; then the server is away.
     * Expected outcome: the page asks before it resets, and no longer says that no branch is in doubt, but that none was.
     */
    @Tag("slow")
    @Test
    void reset_isAskedAbout_andWhatIsOldDoesNotLookAsIfItWereSo(Visitors visitors) {
        Visitor operator = visitors.operator();
        Page console = operator.open("/console.html");
        assertThat(console.getByText("No branch is in doubt.")).isVisible();
        String since = console.locator(".since").textContent();
        button(console, "Reset").click();
        Locator dialog = console.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("Reset the statistics?");
        operator.inspect(console, "console-reset");
        button(dialog, "Cancel").click();
        assertThat(button(console, "Reset")).isFocused();
        assertThat(console.locator(".since")).hasText(since);
        button(console, "Reset").click();
        button(dialog, "Reset").click();
        assertThat(dialog).containsText("Reset, and the log has it.");
        button(dialog, "Close").click();

        operator.expectsFault("net::ERR_FAILED");
        operator.toleratesGivingUp("/api/");
        console.route("**/api/**", Route::abort);

        assertThat(console.locator("#doubts")).hasText(Pattern.compile("No branch was in doubt at [0-9:]+.*\\.$"));
        assertThat(console.locator("#statistics")).hasAttribute("data-old", "true");
        operator.inspect(console, "console-server-away");
    }

    /** Only what somebody typed may be broken in the middle of a word. */
    private static void assertNoWordIsBroken(Page page) {
        Object broken = page.evaluate("""
                () => [...document.querySelectorAll('.transactions th, .transactions td:not(.of-order) *')]
                  .filter((cell) => {
                    const words = document.createRange();
                    words.selectNodeContents(cell);
                    return new Set([...words.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
                  })
                  .map(({ textContent }) => textContent)""");
        assertThat((List<?>) broken).isEmpty();
    }

    @Test
    void branchInDoubt_isShownToAll_andResolvedOnlyByAnOperatorWithAReason(RunningShop shop, Visitors visitors)
            throws Exception {
        DataSource products = shop.databases().product();
        String gid = leftInDoubt(products);
        Visitor anybody = visitors.one();
        Page page = anybody.open("/console.html");
        assertThat(page.getByText("Whether it is to commit or to roll back is not known"))
                .isVisible();
        assertThat(page.getByText("Only an operator can settle a branch by hand."))
                .isVisible();
        assertThat(page.getByText("Only an operator may see this.")).isVisible();
        assertThat(button(page, "Settle")).hasCount(0);
        anybody.inspect(page, "console-in-doubt");

        Visitor operator = visitors.operator();
        operator.expectsFault("status of 409");
        Page console = operator.open("/console.html");
        button(console, "Settle").click();
        Locator dialog = console.getByRole(AriaRole.DIALOG);
        button(dialog, "Settle").click();
        assertThat(dialog).containsText("Choose commit or roll back.");
        assertThat(dialog).containsText("Please give a reason");
        assertThat(dialog.getByLabel("Commit", new Locator.GetByLabelOptions().setExact(true)))
                .isFocused();
        dialog.getByLabel("Roll back").check();
        assertThat(dialog).containsText("the server takes it only if you say so below");
        dialog.getByLabel("Reason, for the log").fill("The other database is gone for good");
        button(dialog, "Settle").click();
        assertThat(dialog).containsText("Refused. Nothing was changed.");
        operator.inspect(console, "console-resolve-refused");
        assertThat(BranchesByHand.isPrepared(products, gid)).isTrue();

        dialog.getByLabel("I know that this is a guess").check();
        assertThat(dialog).not().containsText("the server takes it only if you say so below");
        button(dialog, "Settle").click();
        assertThat(dialog).containsText("Settled. The log has it.");
        assertThat(BranchesByHand.isPrepared(products, gid)).isFalse();
        button(dialog, "Close").click();
        assertThat(console.getByText("The other database is gone for good").first())
                .isVisible();
        assertThat(console.getByText("No branch is in doubt.")).isVisible();
        operator.inspect(console, "console-audit");

        Page picture = operator.open("/picture.html#transaction="
                + URLEncoder.encode(gid.substring(0, gid.lastIndexOf('_')), StandardCharsets.UTF_8));
        Locator told = picture.getByRole(AriaRole.DIALOG);
        assertThat(told.locator(".detail-summary")).containsText("An operator had it rolled back by hand.");
        assertThat(told.locator(".exchange")).containsText("not recorded");
        assertThat(told.locator(".exchange")).not().containsText("not sent");
        assertThat(told).not().containsText("died");
        operator.inspect(picture, "picture-by-hand");
    }

    @Tag("slow")
    @Test
    void branchInDoubt_isResolvedWithoutAMouse(RunningShop shop, Visitors visitors) throws Exception {
        DataSource products = shop.databases().product();
        String gid = leftInDoubt(products);
        try {
            Visitor operator = visitors.operator();
            Page console = operator.open("/console.html");
            assertThat(button(console, "Settle")).isVisible();
            Keyboard.tabTo(console, "Settle…");
            console.keyboard().press("Enter");
            Locator dialog = console.getByRole(AriaRole.DIALOG);
            assertThat(dialog).isVisible();
            console.keyboard().press("Escape");
            assertThat(dialog).isHidden();
            assertThat(button(console, "Settle")).isFocused();
            console.keyboard().press("Enter");
            Keyboard.tabTo(console, "Commit");
            console.keyboard().press("ArrowDown");
            Keyboard.tabTo(console, GUESS);
            console.keyboard().press("Space");
            Keyboard.tabTo(console, "Reason, for the log");
            console.keyboard().type("Settled by keyboard");
            operator.inspect(console, "console-resolve-keyboard");
            Keyboard.tabTo(console, "Settle");
            console.keyboard().press("Enter");

            assertThat(dialog).containsText("Settled. The log has it.");
            assertThat(BranchesByHand.isPrepared(products, gid)).isFalse();
            assertThat(button(dialog, "Close")).isFocused();
            console.keyboard().press("Enter");
            assertThat(dialog).isHidden();
            assertThat(console.locator("#doubts")).isFocused();
            assertThat(console.locator("#audit")).containsText("Settled by keyboard");
        } finally {
            BranchesByHand.leaveNothing(products, gid);
        }
    }

    @Tag("slow")
    @Test
    void ticketsThatFailed_areSettledByAnOperator(RunningShop shop, Visitors visitors) throws Exception {
        new TicketClient(shop.api()).taken(DemoProduct.FILTERS.id(), 1, "Served well");
        fail(shop, "Worth another try");
        fail(shop, "A hopeless case");
        Visitor anybody = visitors.one();
        Page page = anybody.open("/console.html");
        Locator section = page.locator("#tickets");
        assertThat(section.getByRole(AriaRole.ROW, new Locator.GetByRoleOptions().setName("Paper filters")))
                .isVisible();
        assertThat(section).containsText("Only an operator can see and settle the failed ones.");
        assertThat(section).not().containsText("A hopeless case");
        anybody.inspect(page, "console-tickets");

        Visitor operator = visitors.operator();
        Page console = operator.open("/console.html");
        operator.inspect(console, "console-tickets-failed");
        button(failed(console, "Worth another try"), "Retry").click();
        assertThat(failed(console, "Worth another try")).hasCount(0);

        button(failed(console, "A hopeless case"), "Refuse").click();
        Locator dialog = console.getByRole(AriaRole.DIALOG);
        button(dialog, "Refuse").click();
        assertThat(dialog).containsText("Please give a reason");
        assertThat(dialog.getByLabel("Reason, told to the customer")).isFocused();
        dialog.getByLabel("Reason, told to the customer").fill("It is no longer made");
        operator.inspect(console, "console-ticket-refuse");
        button(dialog, "Refuse").click();
        assertThat(dialog).containsText("Refused. The customer can read the reason.");
        button(dialog, "Close").click();
        assertThat(failed(console, "A hopeless case")).hasCount(0);
        assertThat(console.locator("#tickets")).isFocused();
    }

    @Tag("slow")
    @Test
    void transaction_leadsFromTheConsoleToThePicture_andBack(RunningShop shop, Visitors visitors) {
        Visitor visitor = visitors.one();
        Page page = visitor.open("/console.html");
        UUID orderId = UUID.randomUUID();
        String name = "Seen in both " + orderId;
        shop.api().post(OrderApi.orderJson(orderId, DemoProduct.FILTERS.id(), 1, name));
        row(page, name).getByRole(AriaRole.BUTTON).click();
        assertThat(link(page, "Show the order")).hasAttribute("href", "order.html?id=" + orderId);

        link(page, "See it in the picture").click();

        Locator picture = page.getByRole(AriaRole.DIALOG);
        assertThat(picture).containsText(name);
        assertThat(picture).containsText("Both databases have committed, in ");
        visitor.inspect(page, "picture-from-console");
        assertThat(link(page, "Show the order")).hasAttribute("href", "order.html?id=" + orderId);
        link(page, "See it in the console").click();

        Locator detail = page.getByRole(AriaRole.DIALOG);
        assertThat(detail).containsText("Decision: the commit point commits");
        visitor.inspect(page, "console-from-picture");
        page.keyboard().press("Escape");
        assertThat(page).hasURL(shop.address() + "/console.html");

        visitor.expectsFault("status of 404");
        Page unknown = visitor.open("/picture.html#transaction=of%20yesterday");
        assertThat(unknown.getByText("That transaction is no longer remembered."))
                .isVisible();
        visitor.inspect(unknown, "picture-unknown");
    }

    @Test
    void console_isReadableOnAPhoneAtNight_inChinese(Visitors visitors) {
        Visitor visitor = visitors.one(new Look(360, ColorScheme.DARK, "zh-CN"));
        Page page = visitor.open("/console.html");

        assertThat(page.getByText("实时")).isVisible();
        assertThat(page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setName("统计")))
                .isVisible();
        visitor.inspect(page, "console-zh-360-dark");
    }

    @Tag("slow")
    @Test
    void branchInDoubt_isReadableOnAPhoneAtNight_inChinese_andSoIsTheQuestion(RunningShop shop, Visitors visitors)
            throws Exception {
        DataSource products = shop.databases().product();
        String gid = leftInDoubt(products);
        try {
            Visitor operator = visitors.operator(new Look(360, ColorScheme.DARK, "en-GB"));
            Page page = operator.open("/console.html");
            button(page, "中文").click();
            assertThat(button(page, "了结")).isVisible();
            page.getByText("依据与名称").click();
            operator.inspect(page, "console-zh-360-dark-in-doubt");

            button(page, "了结").click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            button(dialog, "了结").click();
            assertThat(dialog).containsText("请选择提交或回滚");
            assertThat(dialog).containsText("请填写原因");
            operator.inspect(page, "console-zh-360-dark-resolve");
            button(dialog, "取消").click();
            assertThat(dialog).isHidden();
        } finally {
            BranchesByHand.leaveNothing(products, gid);
        }
    }

    /** Five attempts with their pauses would take long. */
    private static void fail(RunningShop shop, String name) throws SQLException {
        try (Connection connection = shop.databases().orders().getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO ticket (ticket_id, order_name, product_id, quantity,"
                                + " state, attempts, reason) VALUES (?, ?, ?, 1, 'FAILED', 5, 'Failed for the test')")) {
            insert.setObject(1, UUID.randomUUID());
            insert.setString(2, name);
            insert.setInt(3, DemoProduct.FILTERS.id());
            insert.executeUpdate();
        }
    }

    /** {@return the name of a branch that no resolver can settle} */
    private static String leftInDoubt(DataSource products) throws SQLException {
        String gid = BranchesByHand.followerOfNobody(BranchesByHand.globalId(DEAD));
        BranchesByHand.prepare(products, gid, TAKE_ONE);
        return gid;
    }

    private static Locator failed(Page page, String name) {
        return page.locator("#tickets li").filter(new Locator.FilterOptions().setHasText(name));
    }

    private static Locator row(Page page, String name) {
        return page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator link(Page page, String name) {
        return page.getByRole(AriaRole.DIALOG).getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(name));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    private static Locator button(Locator dialog, String name) {
        return dialog.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
    }
}
