package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.lockstep.tests.DemoProduct;
import dev.lockstep.tests.HeldQueue;
import dev.lockstep.tests.Outage;
import dev.lockstep.tests.RunningShop;
import dev.lockstep.tests.TicketClient;
import java.sql.SQLException;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tickets, taken on the order page and followed on their own. */
@ExtendWith(InBrowser.class)
class TicketPageIT {

    private static final DemoProduct PRODUCT = DemoProduct.FILTERS;
    private static final String TAKE = "Take a ticket";
    private static final Pattern TICKET_PAGE = Pattern.compile("/ticket\\.html\\?id=[0-9a-f-]{36}$");

    @Test
    void ticketTakenOnTheOrderPage_isFollowedLiveUntilItsOrderIsThere(RunningShop shop, Visitors visitors)
            throws Exception {
        Visitor visitor = visitors.one();
        OrderPage form = OrderPage.openedBy(visitor).fill(PRODUCT, 2, "Filters by ticket");
        Page page = form.page();
        page.getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(TAKE))
                .check();
        visitor.inspect(page, "ticket-form");
        try (HeldQueue queue = held(shop)) {
            form.button(TAKE).click();

            assertThat(page).hasURL(TICKET_PAGE);
            assertThat(heading(page)).hasText("You are next.");
            assertThat(page.locator("#announcement")).hasText("You are next.");
            assertThat(page.locator("#place")).hasText("1");
            assertThat(page.locator("#live")).hasText("Live");
            visitor.inspect(page, "ticket-next");
            queue.release();

            assertThat(heading(page)).hasText("Your order is ready.");
        }
        assertThat(page.locator("#announcement")).hasText("Your order is ready.");
        assertThat(page).hasTitle(Pattern.compile("^Your order is ready\\. – Ticket [0-9,]+ – Lockstep$"));
        assertThat(page.locator("#facts")).containsText("2 × Paper filters, single");
        assertThat(page.locator("#facts")).containsText("Filters by ticket");
        assertThat(page.locator("#queue")).isHidden();
        assertThat(page.locator("#ticket-order")).hasText("Show the order");
        assertThat(shop.orderNames()).containsOnlyOnce("Filters by ticket");
        visitor.inspect(page, "ticket-ready");
    }

    @Test
    void impatientClicksAndAReload_giveOneTicket(RunningShop shop, Visitors visitors) {
        OrderPage form = OrderPage.openedBy(visitors.one()).fill(PRODUCT, 1, "Clicked for a ticket");
        form.page()
                .getByRole(AriaRole.RADIO, new Page.GetByRoleOptions().setName(TAKE))
                .check();
        HeldOrder ticket = HeldOrder.on(form.page());

        form.button(TAKE).dblclick();
        form.orderName().press("Enter");
        ticket.await().reachTheShop();
        assertThat(ticket.count()).isEqualTo(1);
        form.page().reload();

        assertThat(form.page()).hasURL(TICKET_PAGE);
        assertThat(heading(form.page())).hasText("Your order is ready.");
        assertThat(shop.orderNames()).containsOnlyOnce("Clicked for a ticket");
    }

    /** Each look in the middle of the queue and at its end. */
    @ParameterizedTest
    @MethodSource(Looks.ALL)
    void everyWidthSchemeAndLanguage_isReadable(
            int width, ColorScheme scheme, String locale, RunningShop shop, Visitors visitors) throws Exception {
        String look = "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT) + "-" + locale;
        boolean isChinese = locale.startsWith("zh");
        Visitor visitor = visitors.one(new Look(width, scheme, locale));
        try (HeldQueue queue = held(shop)) {
            tickets(shop).taken(PRODUCT.id(), 1, "Before");
            tickets(shop).taken(PRODUCT.id(), 1, "Before");
            Page page = opened(visitor, tickets(shop).taken(PRODUCT.id(), 3, "W".repeat(200)));

            assertThat(heading(page)).hasText(isChinese ? "您正在排队。" : "You are in the queue.");
            assertThat(page.locator("#place")).hasText("3");
            assertThat(page.locator("#live")).hasAttribute("data-state", "live");
            visitor.inspect(page, "ticket-waiting" + look);
            queue.release();

            assertThat(heading(page)).hasText(isChinese ? "您的订单已完成。" : "Your order is ready.");
            visitor.inspect(page, "ticket-ready" + look);
        }
    }

    @Test
    void soldOut_isToldWithNumbers_inTheReadersLanguage(RunningShop shop, Visitors visitors) throws Exception {
        Visitor visitor = visitors.one();
        int left = shop.stockOf(DemoProduct.KETTLE);

        Page page = opened(visitor, tickets(shop).taken(DemoProduct.KETTLE.id(), 1000, "Too many kettles"));

        assertThat(heading(page)).hasText("Sold out.");
        assertThat(page.locator("#words"))
                .hasText("Cast iron kettle: you asked for 1,000, and when your number came up " + left
                        + " were left. Nothing was ordered.");
        visitor.inspect(page, "ticket-sold-out");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("中文"))
                .click();
        assertThat(heading(page)).hasText("已售罄。");
        assertThat(page.locator("#words")).hasText("您要 1,000 件“Cast iron kettle”，叫到您的号码时只剩 " + left + " 件。没有下单。");
        visitor.inspect(page, "zh-ticket-sold-out");
    }

    /** The state is written by hand: none of a test's tickets fails five times by itself. */
    @Test
    void failedTicket_isInAPersonsHands_andTheirAnswerIsToldLive(RunningShop shop, Visitors visitors) throws Exception {
        Visitor visitor = visitors.one();
        try (HeldQueue queue = held(shop)) {
            UUID ticketId = tickets(shop).taken(PRODUCT.id(), 1, "Bewitched");
            Page page = opened(visitor, ticketId);
            assertThat(heading(page)).hasText("You are next.");

            TicketByHand.become(shop, ticketId, "FAILED", "something odd");
            assertThat(heading(page)).hasText("A person looks after it.");
            visitor.inspect(page, "ticket-failed");

            TicketByHand.become(shop, ticketId, "SOLD_OUT", "Sorry, the last box got wet");
            assertThat(page.locator("#words"))
                    .containsText("The shop says: " + OrderPage.quoted("Sorry, the last box got wet"));
            queue.release();
        }
    }

    /**
     * Scenario: the orders database dies while a ticket waits.
     * Expected outcome: the page says that it is out of date, and once the database is back it hears of the order by itself.
     */
    @Tag("slow")
    @Test
    void ordersDatabaseAway_isToldAsStale_andTheTicketIsServedAfterwards(RunningShop shop, Visitors visitors)
            throws Exception {
        Visitor visitor = visitors.one();
        visitor.toleratesFault("status of 503");
        visitor.toleratesGivingUp("/api/tickets/");
        try (HeldQueue queue = held(shop)) {
            Page page = opened(visitor, tickets(shop).taken(PRODUCT.id(), 1, "Filters in a storm"));
            assertThat(heading(page)).hasText("You are next.");
            assertThat(page.locator("#live")).hasText("Live");

            try (Outage outage = shop.loseDatabase("orders")) {
                assertThat(page.locator("#live"))
                        .containsText("Stale for", new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
                visitor.inspect(page, "ticket-stale");
                outage.end();
            }
            queue.release();
            assertThat(heading(page))
                    .hasText("Your order is ready.", new LocatorAssertions.HasTextOptions().setTimeout(20_000));
        }
        assertThat(shop.orderNames()).containsOnlyOnce("Filters in a storm");
    }

    @Test
    void addressThatIsNoTickets_isToldInWords(Visitors visitors) {
        Visitor visitor = visitors.one();
        visitor.expectsFault("status of 404");

        Page unknown = opened(visitor, UUID.randomUUID());
        assertThat(heading(unknown)).hasText("There is no such ticket.");
        assertThat(unknown.locator("#ticket")).isHidden();
        visitor.inspect(unknown, "ticket-unknown");

        Page cut = visitor.open("/ticket.html?id=4711");
        assertThat(heading(cut)).hasText("This is not a ticket’s address.");
        visitor.inspect(cut, "ticket-malformed");
    }

    private static TicketClient tickets(RunningShop shop) {
        return new TicketClient(shop.api());
    }

    private static HeldQueue held(RunningShop shop) throws SQLException {
        return new HeldQueue(shop.databases(), PRODUCT.id());
    }

    private static Page opened(Visitor visitor, UUID ticketId) {
        return visitor.open("/ticket.html?id=" + ticketId);
    }

    private static Locator heading(Page page) {
        return page.getByRole(AriaRole.HEADING, new Page.GetByRoleOptions().setLevel(1));
    }
}
