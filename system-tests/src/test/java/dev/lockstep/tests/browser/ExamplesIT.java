package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route.FulfillOptions;
import com.microsoft.playwright.options.ColorScheme;
import dev.lockstep.testing.PlainSql;
import dev.lockstep.tests.LauncherProcess;
import dev.lockstep.tests.flow.ExampleCell;
import dev.lockstep.tests.flow.ExampleServers;
import dev.lockstep.tests.flow.ExampleVictim;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both examples as they are delivered, on the same servers: their pages, deaths in the midst of a flow, and what must hold after each. */
@Tag("slow")
class ExamplesIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Look NARROW = new Look(390, ColorScheme.DARK, "zh-CN");

    private static ExampleServers servers;

    @BeforeAll
    static void start() {
        servers = ExampleServers.start();
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        if (servers != null) {
            servers.close();
        }
    }

    /**
     * Scenario: an enrolment and a transfer are on their way, and a server that both need is killed. Expected outcome: each is in both databases or in
     * none, as it was answered; nothing stays in doubt, money is neither made nor lost, and the next ones go.
     */
    @ParameterizedTest
    @EnumSource
    void death_leavesNothingApart(ExampleVictim victim) {
        assumeFalse(
                victim.isOfAChain()
                        && !System.getProperty("lockstep.kill-matrix", "").equals("all"),
                "mvn verify -Pkill-matrix -Dit.test=ExamplesIT");
        assertThat(new ExampleCell(servers.revived(), victim).run()).isEmpty();
    }

    /** The page is told once that nobody knows yet; what it asked for has not reached the server. */
    private static void toldOnceThatNobodyKnows(Page page, String path) {
        AtomicBoolean isTold = new AtomicBoolean();
        page.route(address -> address.endsWith(path), route -> {
            if (route.request().method().equals("POST") && !isTold.getAndSet(true)) {
                route.fulfill(new FulfillOptions()
                        .setStatus(202)
                        .setContentType("application/json")
                        .setBody("{\"outcome\":\"IN_DOUBT\"}"));
            } else {
                route.resume();
            }
        });
    }

    /** The textbook's second lesson, with its data. */
    @Nested
    class Enrolment {

        @RegisterExtension
        static final InBrowser BROWSER = InBrowser.at(() -> servers.pages());

        private static final String STUDENT = "11040342031";

        @BeforeEach
        void nobodyIsEnrolled() {
            LauncherProcess.await(LIMIT, "nothing is open", servers::isQuiet);
            servers.one().execute("DELETE FROM T_Exam");
            servers.two().execute("DELETE FROM T_Student");
        }

        @Test
        void textbooksData_isWrittenOnBothServers(Visitors visitors) {
            Visitor visitor = visitors.one();
            Page page = visitor.open("/");
            assertThat(page.locator("#exams")).containsText("Nothing is written here");
            page.locator("#enrol").click();
            assertThat(page.locator("#result")).hasText("It is written.");
            assertThat(page.locator("#exams")).containsText("501");
            assertThat(page.locator("#students")).containsText("师范学院");
            assertThat(exams()).containsExactly("1 501 " + STUDENT);
            assertThat(students()).containsExactly(STUDENT + " 男 师范学院 22");
            visitor.inspect(page, "enrolment-written");

            page.locator("#enrol").click();
            assertThat(page.locator("#result")).hasText("It is written.");
            assertThat(exams()).as("the same once more").hasSize(1);
        }

        @Test
        void wrongStudent_rollsTheExamBack(Visitors visitors) {
            Visitor visitor = visitors.one();
            visitor.expectsFault("status of 400");
            Page page = visitor.open("/");
            page.locator("#age").fill("-1");
            page.locator("#enrol").click();
            assertThat(page.locator("#result")).hasText("Nothing is written. Age must be 10 to 100 years.");
            assertThat(page.locator("#exams")).containsText("Nothing is written here");
            visitor.inspect(page, "enrolment-rolled-back");
            assertThat(exams()).isEmpty();
            assertThat(students()).isEmpty();
        }

        @Test
        void callLeftOut_writesTheOtherAlone(Visitors visitors) {
            Page page = visitors.one().open("/");
            page.locator("#add-basic").uncheck();
            page.locator("#enrol").click();
            assertThat(page.locator("#result")).hasText("It is written.");
            assertThat(exams()).containsExactly("1 501 " + STUDENT);
            assertThat(students()).isEmpty();

            servers.one().execute("DELETE FROM T_Exam");
            page.locator("#add-basic").check();
            page.locator("#add-exam").uncheck();
            page.locator("#enrol").click();
            assertThat(page.locator("#students")).containsText("师范学院");
            assertThat(exams()).isEmpty();
        }

        @Test
        void scopeWithoutComplete_writesNothing(Visitors visitors) {
            Visitor visitor = visitors.one();
            visitor.expectsFault("status of 409");
            Page page = visitor.open("/");
            page.locator("#complete").uncheck();
            page.locator("#enrol").click();
            assertThat(page.locator("#result")).hasText("Nothing is written. The scope was left without complete().");
            assertThat(exams()).isEmpty();
            assertThat(students()).isEmpty();
        }

        @Test
        void unknownOutcome_isToldAsUnknown_andMayBeAskedAgain(Visitors visitors) {
            Visitor visitor = visitors.one(NARROW);
            Page page = visitor.open("/");
            toldOnceThatNobodyKnows(page, "/api/enrolments");
            page.locator("#enrol").click();
            assertThat(page.locator("#result")).containsText("暂时不知道是否已写入");
            visitor.inspect(page, "enrolment-unknown-390-zh");
            page.locator("#again").click();
            assertThat(page.locator("#result")).hasText("已写入。");
            assertThat(exams()).hasSize(1);
        }

        private List<String> exams() {
            return servers.one().column("SELECT concat_ws(' ', ExamId, ExamRoom, StudentId) FROM T_Exam");
        }

        private List<String> students() {
            return servers.two().column("SELECT concat_ws(' ', StudentId, Sex, College, Age) FROM T_Student");
        }
    }

    /** The transfer between two banks. */
    @Nested
    class Bank {

        @RegisterExtension
        static final InBrowser BROWSER = InBrowser.at(() -> servers.pages());

        private long a;
        private long b;

        @BeforeEach
        void lookAtBothAccounts() {
            LauncherProcess.await(LIMIT, "nothing is open", servers::isQuiet);
            a = balance(servers.one());
            b = balance(servers.two());
        }

        @Test
        void money_movesBothWays_andThroughTheClearingHouse(Visitors visitors) {
            Visitor visitor = visitors.one();
            Page page = visitor.open("/bank/");
            shows(page, a, b);
            transfer(page, "A_TO_B", "100", "The money is transferred.");
            shows(page, a - 100, b + 100);
            transfer(page, "A_CLEARING_B", "50", "The money is transferred.");
            shows(page, a - 150, b + 150);
            visitor.inspect(page, "bank-transferred");
            transfer(page, "B_TO_A", "150", "The money is transferred.");
            shows(page, a, b);
            assertThat(servers.clearing().column("SELECT amount FROM settlement"))
                    .contains("50");
        }

        @Test
        void moreThanThereIs_movesNothing(Visitors visitors) {
            Visitor visitor = visitors.one();
            visitor.expectsFault("status of 409");
            Page page = visitor.open("/bank/");
            for (String way : List.of("A_TO_B", "B_TO_A", "A_CLEARING_B")) {
                transfer(page, way, "5000", "No money has moved. There is not enough in the account.");
            }
            shows(page, a, b);
            transfer(
                    page, "A_TO_B", "-5", "No money has moved. The amount must be a whole number from 1 to 1,000,000.");
            visitor.inspect(page, "bank-refused");
        }

        /** Expected outcome: the other bank's money is shown, nothing moves, and all comes back by itself. */
        @Test
        void bankThatIsAway_isTold(Visitors visitors) {
            Visitor visitor = visitors.one(NARROW);
            visitor.expectsFault("status of 409");
            Page page = visitor.open("/bank/");
            servers.cutOff("two");
            try {
                assertThat(page.locator("#balance-b")).hasText("没有响应，我们会继续询问。");
                transfer(page, "A_TO_B", "100", "没有转账。 有服务器没有及时响应。");
                visitor.inspect(page, "bank-away-390-zh");
            } finally {
                servers.reconnect("two");
            }
            assertThat(page.locator("#balance-b")).containsText("元");
            assertThat(balance(servers.one())).isEqualTo(a);
        }

        @Test
        void unknownOutcome_isToldAsUnknown_andMayBeLookedFor(Visitors visitors) {
            Visitor visitor = visitors.one();
            visitor.expectsFault("status of 409");
            Page page = visitor.open("/bank/");
            toldOnceThatNobodyKnows(page, "/api/transfers");
            transfer(page, "A_TO_B", "100", "It is not known yet whether the money has moved.");
            visitor.inspect(page, "bank-unknown");
            page.locator("#look").click();
            assertThat(page.locator("#result")).containsText("No money has moved.");
            shows(page, a, b);
        }

        private void transfer(Page page, String way, String amount, String told) {
            page.locator("input[value=" + way + "]").check();
            page.locator("#amount").fill(amount);
            page.locator("#send").click();
            assertThat(page.locator("#result")).containsText(told);
        }

        private void shows(Page page, long atA, long atB) {
            assertThat(page.locator("#balance-a")).hasText("¥" + String.format(Locale.ROOT, "%,d", atA));
            assertThat(page.locator("#balance-b")).hasText("¥" + String.format(Locale.ROOT, "%,d", atB));
            assertThat(page.locator("#sum")).hasText("¥2,000");
        }

        private long balance(PlainSql bank) {
            return Long.parseLong(bank.value("SELECT balance FROM account WHERE account = 1"));
        }
    }
}
