package dev.lockstep.tests.killmatrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.tests.TestFolders;
import dev.lockstep.tests.killmatrix.RemoteControl.Held;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kill matrix (K1 to K4). A plain build runs the telling cells; {@code -Pkill-matrix} runs them all, and then the same against
 * Payara's own log and recovery. The result is {@code target/kill-matrix.html} and {@code .md}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@ExtendWith(SharedInstallation.class)
class KillMatrixIT {

    private static final String SCOPE = "lockstep.kill-matrix";
    private static final String ALL_NAMES = ".*";
    private static final Duration HEAL_LIMIT = Duration.ofSeconds(5);
    private static final Duration HEAL_P99_LIMIT = Duration.ofSeconds(3);
    private static final int CLIENTS_EACH = 16;
    private static final Duration LOAD = Duration.ofSeconds(1);
    private static final Duration REACH_LIMIT = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Report report;
    private Installation installation;
    private Optional<Installation> ownInstallation = Optional.empty();
    private Client client;
    private int cells;
    private Set<String> leftToThisServer = Set.of();

    @BeforeAll
    void install(Installation shared) throws SQLException {
        use(shared);
        report = new Report(TestFolders.target(), facts());
    }

    @AfterAll
    void remove() throws IOException, SQLException {
        if (ownInstallation.isPresent()) {
            ownInstallation.get().close();
        }
        threads.shutdownNow();
    }

    /** Those first that kill the server: what dead ones have decided, the last one forgets while the others are run. */
    static Stream<Cell> lockstepCells() {
        return wanted(isComplete() ? Cell.all() : Cell.telling())
                .sorted(Comparator.comparing(cell -> !cell.victim().isPayaraKilled()));
    }

    static Stream<Cell> payaraLogCells() {
        return wanted(Cell.all()).filter(cell -> cell.point().isKnownTo(Participation.PAYARA_LOG));
    }

    private static Stream<Cell> wanted(Stream<Cell> cells) {
        return cells.filter(cell -> cell.toString().matches(wantedNames()));
    }

    private static String wantedNames() {
        return System.getProperty(SCOPE + ".cells", ALL_NAMES);
    }

    /** Scenario: an order or a ticket stands at the point, the victim is struck and comes back. Expected outcome: K2 to K4. */
    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("lockstepCells")
    void leavesNothingApartAndNothingInDoubt(Cell cell) throws SQLException {
        CellResult result = run(cell);
        assertThat(result.violations())
                .as(() -> cell + ", client: " + result.answer())
                .isEmpty();
        assertThat(result.heal().orElseThrow()).isLessThan(HEAL_LIMIT);
    }

    /** A server that was started after a coordinator's death forgets its decisions, when it has seen them for the retention. */
    @Order(2)
    @Test
    void forgetsTheDecisionsOfDeadCoordinators() {
        if (wantedNames().equals(ALL_NAMES)) {
            assertThat(leftToThisServer).isNotEmpty();
        }
        Duration limit = Duration.ofSeconds(Installation.RETENTION_SECONDS + 10L);
        assertThat(Patience.until(limit, () -> Collections.disjoint(decisions(), leftToThisServer)))
                .as(() -> "left to this server " + leftToThisServer + ", there are " + decisions())
                .isPresent();
    }

    @Order(3)
    @Test
    void healsWithinThreeSeconds_inNinetyNineOfAHundredCells() {
        assertThat(report.healPercentile(Participation.LOCKSTEP, 0.99))
                .as(report.summary(Participation.LOCKSTEP))
                .isLessThan(HEAL_P99_LIMIT);
    }

    /**
     * Scenario: two instances take orders on the same two databases; one is killed while one of its transactions stands before the decision and another
     * between the commits. Expected outcome: the other heals both within three seconds, and every answer agrees with both databases.
     */
    @Order(4)
    @Test
    void livingInstance_healsTheBranchesOfAKilledOne() throws Exception {
        ApplicationServer killed = installation.payara();
        try (ApplicationServer living = installation.applicationServer("second")) {
            living.bringBack();
            living.awaitBack();
            Client toLiving = new Client(living.url());
            Shop shop = new Shop(installation);
            shop.open(CLIENTS_EACH, client, toLiving, 1);
            shop.open(CLIENTS_EACH, toLiving, toLiving, 2);
            Patience.pass(LOAD);
            Held undecided = held("DECISION BEFORE product C0 *");
            Held decided = held("DECISION AFTER product C0 *");
            // Once it is dead, the other may have settled them before anybody looks.
            assertThat(leftByKilled()).contains(undecided.globalId(), decided.globalId());
            killed.kill();

            Duration heal = Patience.until(HEAL_P99_LIMIT, () -> leftByKilled().isEmpty())
                    .orElseThrow(() -> new AssertionError("Still prepared: " + leftByKilled()));
            System.getLogger(KillMatrixIT.class.getName())
                    .log(System.Logger.Level.WARNING, "Healed by the other instance in {0} ms", heal.toMillis());
            shop.deliver();
            assertThat(shop.isSoldOutSoon()).isTrue();
            shop.close();
            assertThat(shop.contradictions()).isEmpty();
            assertThat(shop.isShared()).as(shop.sharing()).isTrue();
        }
    }

    /** What users get without the participant. Violations are told in the report; they do not fail the build. */
    @Order(5)
    @EnabledIfSystemProperty(named = SCOPE, matches = "all|payara-log")
    @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
    @MethodSource("payaraLogCells")
    void comparesWithPayarasLog(Cell cell) throws SQLException {
        if (ownInstallation.isEmpty()) {
            ownInstallation = Optional.of(Installation.start(Participation.PAYARA_LOG, "kill-matrix"));
            use(ownInstallation.get());
        }
        try {
            assertThat(run(cell).cell()).isEqualTo(cell);
        } catch (PointNotReachedException e) {
            report.leaveOut(Participation.PAYARA_LOG, cell, e.getMessage());
        }
    }

    private CellResult run(Cell cell) throws SQLException {
        boolean isHealthy = false;
        try {
            CellResult result = new CellRun(installation, client, threads, cell, ++cells).run();
            report.add(result);
            if (cell.victim().isPayaraKilled()) {
                leftToThisServer = decisions();
            }
            isHealthy = result.next().isPresent();
            return result;
        } finally {
            if (!isHealthy) {
                revive();
            }
        }
    }

    /** The next cell begins with a healthy server, whatever this one has left. */
    private void revive() {
        installation.payara().kill();
        installation.revived();
        leftToThisServer = decisions();
    }

    private Held held(String step) {
        installation.payara().control().arm(step);
        return installation.payara().control().await(REACH_LIMIT).orElseThrow();
    }

    private List<String> leftByKilled() {
        return books().stream()
                .flatMap(books -> books.preparedBy("kill-matrix").orElseThrow().stream())
                .map(BranchId::global)
                .map(Object::toString)
                .toList();
    }

    private void use(Installation next) {
        installation = next;
        client = new Client(installation.payara().url());
    }

    private Set<String> decisions() {
        Set<String> all = new HashSet<>();
        for (Books books : books()) {
            try {
                all.addAll(books.decisions());
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
        return all;
    }

    private List<Books> books() {
        return List.of(installation.productBooks(), installation.orderBooks());
    }

    private Map<String, String> facts() throws SQLException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put("Payara Micro", System.getProperty("lockstep.payara.version", "unknown"));
        facts.put("PostgreSQL", installation.productBooks().setting("server_version"));
        for (String name : List.of("fsync", "synchronous_commit")) {
            facts.put(name, installation.productBooks().setting(name));
        }
        facts.put("Machine", Runtime.getRuntime().availableProcessors() + " cores, Java " + Runtime.version());
        return facts;
    }

    private static boolean isComplete() {
        return System.getProperty(SCOPE, "telling").equals("all");
    }
}
