package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import dev.lockstep.tests.BranchesByHand;
import dev.lockstep.tests.LauncherProcess;
import dev.lockstep.tests.OwnApplication;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The commands of docs/your-own-application.md, and what they bring: an application's two transactions, one with a subject and one without, in
 * the console beside it.
 */
@Tag("slow")
class YourOwnApplicationIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private static OwnApplication application;

    @BeforeAll
    static void typeTheCommands(@TempDir Path folder) throws Exception {
        assumeTrue(
                OwnApplication.canBeTyped(),
                "The page's commands are not tried, there is no psql: apt-get install postgresql-client");
        application = new OwnApplication(folder);
        application.start();
        assertThat(application.transfer("amount=500&id=transfer-7&title=Rent")).isEqualTo("committed");
        assertThat(application.transfer("amount=20")).isEqualTo("committed");
        application.logIn();
    }

    @AfterAll
    static void stopAll() {
        if (application != null) {
            application.close();
        }
    }

    /** Expected outcome: console and picture show the two, by the subject's id and by the global id. */
    @Test
    void transactionsAreShown_byTheirSubjectOrTheirGlobalId() {
        assertThat(application
                        .json("console/api/transactions")
                        .getJsonArray("transactions")
                        .getValuesAs(JsonObject.class))
                .satisfiesExactly(
                        plain -> assertThat(plain).containsKey("globalId").doesNotContainKey("subjects"),
                        named -> assertThat(named.getJsonArray("subjects")
                                        .getJsonObject(0)
                                        .getString("id"))
                                .isEqualTo("transfer-7"));
        LauncherProcess.await(
                LIMIT,
                "both in the picture",
                () -> application.firstEvent().getJsonArray("shown").size() == 2);
    }

    /** Scenario: a branch that no resolver can settle. Expected outcome: an operator ends it, and its database has a line of that. */
    @Test
    void branchIsSettled_andItsDatabaseHasALineOfIt() throws Exception {
        DataSource north = application.north();
        String gid = application.leaveInDoubt();
        HttpResponse<String> settled = application.post(
                "console/api/branches/" + gid.replace('/', '~') + "/resolve",
                Json.createObjectBuilder()
                        .add("participant", "north")
                        .add("decision", "ROLLBACK")
                        .add("heuristic", true)
                        .add("reason", "its bank is closed")
                        .build());
        assertThat(settled.body()).contains("\"SETTLED\"");
        assertThat(answer(north, "SELECT gid || ' ' || reason FROM operator_action WHERE outcome = 'SETTLED'"))
                .contains(gid + " its bank is closed");
        assertThat(answer(north, "SELECT balance::text FROM account")).containsExactly("480");
    }

    private static List<String> answer(DataSource database, String question) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            List<String> answers = new ArrayList<>();
            while (rows.next()) {
                answers.add(rows.getString(1));
            }
            return answers;
        }
    }

    /** The console's pages where there is no shop: nothing on them leads to one, or speaks of one. */
    @Nested
    class InTheBrowser {

        @RegisterExtension
        static final InBrowser BROWSER = InBrowser.at(() -> application);

        @ParameterizedTest
        @CsvSource({"1400, LIGHT, en-GB", "360, DARK, zh-CN"})
        void everyLook_isReadable_andLeadsSomewhere(int width, ColorScheme scheme, String locale, Visitors visitors) {
            Visitor visitor = visitors.one(new Look(width, scheme, locale));
            String look = width + "-" + scheme + "-" + locale;
            for (String name : List.of("console", "picture", "login")) {
                Page page = visitor.open("/console/" + name + ".html");
                if (!name.equals("login")) {
                    assertThat(page.getByText("transfer-7").first()).isVisible();
                }
                visitor.inspect(page, "beside-" + name + "-" + look);
                assertThat(deadLinks(page)).as(name).isEmpty();
                assertThat(page.locator("body").innerText())
                        .as(name)
                        .doesNotContainPattern("(?i)order|shop|product|订单|商品|下单|商店|库存");
            }
        }

        @Test
        void transaction_leadsFromTheConsoleToThePicture_andBack(Visitors visitors) {
            Visitor visitor = visitors.one();
            Page page = visitor.open("/console/");
            page.getByRole(AriaRole.ROW, new Page.GetByRoleOptions().setName("transfer-7"))
                    .getByRole(AriaRole.BUTTON)
                    .click();
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog).containsText("transfer-7");
            assertThat(dialog).not().containsText("Rent");
            visitor.inspect(page, "beside-console-detail");
            dialog.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("See it in the picture"))
                    .click();
            assertThat(dialog).containsText("Both databases have committed, in ");
            visitor.inspect(page, "beside-picture-detail");
            dialog.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("See it in the console"))
                    .click();
            assertThat(dialog).containsText("Decision: the commit point commits");
        }

        @Test
        void operator_seesTitles_andSettlesABranch(Visitors visitors) throws Exception {
            String gid = application.leaveInDoubt();
            try {
                Visitor operator = visitors.operator();
                Page console = operator.open("/console/console.html");
                assertThat(console.getByText("Rent").first()).isVisible();
                button(console.locator("#doubts"), "Settle…").click();
                Locator dialog = console.getByRole(AriaRole.DIALOG);
                dialog.getByLabel("Roll back").check();
                dialog.getByLabel("I know that this is a guess").check();
                dialog.getByLabel("Reason, for the log").fill("Seen in a browser");
                operator.inspect(console, "beside-console-resolve");
                button(dialog, "Settle").click();
                assertThat(dialog).containsText("Settled. The log has it.");
                assertThat(BranchesByHand.isPrepared(application.north(), gid)).isFalse();
                button(dialog, "Close").click();
                assertThat(console.locator("#audit")).containsText("Seen in a browser");
                operator.inspect(console, "beside-console-audit");
            } finally {
                BranchesByHand.leaveNothing(application.north(), gid);
            }
        }

        @Test
        void wrongPassword_isToldInWords(Visitors visitors) {
            Visitor visitor = visitors.one();
            visitor.expectsFault("status of 401");
            Page login = visitor.open("/console/login.html?from=console.html");
            login.getByLabel("Password").fill("wrong");
            login.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                    .click();
            assertThat(login.locator("#login-result")).containsText("Wrong name or password");
        }

        /** {@return where its links lead, if nothing is there} */
        private Set<String> deadLinks(Page page) {
            Set<String> dead = new TreeSet<>();
            for (Object address : (List<?>) page.evaluate("() => [...document.links].map(({ href }) => href)")) {
                if (page.request().get((String) address).status() != 200) {
                    dead.add((String) address);
                }
            }
            return dead;
        }

        private Locator button(Locator where, String name) {
            return where.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name));
        }
    }
}
