package dev.lockstep.tests.killmatrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testing.StreamingStandby;
import java.time.Duration;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A database with a synchronous standby fails over while two instances take orders and tickets. It holds the commit points of all orders if
 * it is the product's, and their followers if it is the orders'. Expected outcome, always: every answer agrees with both databases.
 */
@EnabledIfSystemProperty(named = "lockstep.kill-matrix", matches = "all")
class FailoverUnderLoadIT {

    private static final int CLIENTS_EACH = 8;
    private static final Duration LOAD = Duration.ofSeconds(4);
    private static final Duration ALONE_LIMIT = Duration.ofSeconds(30);
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(1);

    /** A fail-over of one database. */
    @FunctionalInterface
    private interface Scenario {
        void of(Installation system, DatabaseServer database, StreamingStandby standby) throws Exception;
    }

    /** Scenario: its server is killed, and the standby, which has all that was answered, is promoted. */
    @ParameterizedTest
    @ValueSource(strings = {"product", "orders"})
    void killedServer(String database) throws Exception {
        tell(database, (system, server, standby) -> {
            server.kill();
            system.failOver(server);
        });
    }

    /**
     * Scenario: the standby is away, statements are limited, so waits for it are cancelled; then the server is killed, and the standby is
     * promoted, which lacks all of that time.
     */
    @ParameterizedTest
    @ValueSource(strings = {"product", "orders"})
    void killedServer_whoseStandbyWasAway(String database) throws Exception {
        tell(database, (system, server, standby) -> {
            standby.part();
            Patience.pass(LOAD);
            Patience.require(ALONE_LIMIT, "it commits for itself alone", server::hasCommittedForItselfAlone);
            server.kill();
            system.failOver(server);
        });
    }

    /** Scenario: nobody fences the ex-primary, and for a while the address leads to it once more. */
    @ParameterizedTest
    @ValueSource(strings = {"product", "orders"})
    void unfencedServer(String database) throws Exception {
        tell(database, (system, server, standby) -> {
            standby.part();
            system.failOver(server);
            Patience.pass(LOAD);
            server.leadAstray(LOAD);
        });
    }

    private static void tell(String database, Scenario scenario) throws Exception {
        try (Installation system = Installation.start(Participation.LOCKSTEP, "fail-over");
                ApplicationServer second = system.applicationServer("second")) {
            DatabaseServer server = system.database(database);
            server.limitStatements(STATEMENT_LIMIT);
            StreamingStandby standby = server.replicate();
            second.bringBack();
            second.awaitBack();
            Shop shop = new Shop(system);
            Client toFirst = new Client(system.payara().url());
            Client toSecond = new Client(second.url());
            shop.open(CLIENTS_EACH, toFirst, toSecond, 1);
            shop.open(CLIENTS_EACH, toSecond, toSecond, 2);
            Patience.pass(LOAD);
            scenario.of(system, server, standby);
            int before = shop.answers().getOrDefault(Answer.YES, 0);
            shop.deliver();
            Patience.pass(LOAD);
            assertThat(shop.isSoldOutSoon()).isTrue();
            shop.close();
            assertThat(shop.contradictions()).isEmpty();
            assertThat(shop.isShared()).as(shop.sharing()).isTrue();
            assertThat(shop.answers().getOrDefault(Answer.YES, 0))
                    .as("orders placed after the fail-over, too")
                    .isGreaterThan(before);
        }
    }
}
