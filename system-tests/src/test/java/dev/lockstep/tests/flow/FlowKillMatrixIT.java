package dev.lockstep.tests.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.tests.TestFolders;
import dev.lockstep.tests.killmatrix.Patience;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole kill matrix of flows (N1 to N5): {@code mvn verify -Pkill-matrix -Dit.test=FlowKillMatrixIT}, of which {@code -Dcells=} takes
 * those whose name matches. It lasts hours; {@code -Dpart=3/12} takes the third of twelve parts, and the same one each time. The result is {@code target/flow-kill-matrix.md}. {@link FlowBetweenServersIT} runs the telling cells.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIfSystemProperty(named = "lockstep.kill-matrix", matches = "all")
class FlowKillMatrixIT {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final FlowReport report = new FlowReport(TestFolders.target());
    private Machines machines;
    private int cells;

    @BeforeAll
    void start() throws SQLException {
        machines = Machines.start("flow-kill-matrix", List.of(Role.values()));
        machines.warm(Shape.values()).get(Role.ORDER).hasten();
    }

    @AfterAll
    void stop() throws IOException, SQLException {
        threads.shutdownNow();
        if (machines != null) {
            machines.close();
        }
    }

    static Stream<FlowCell> cells() {
        String names = System.getProperty("lockstep.kill-matrix.cells", ".*");
        MatrixPart part = MatrixPart.of(System.getProperty("lockstep.kill-matrix.part", "1/1"));
        return part
                .of(FlowCell.all()
                        .filter(cell -> cell.toString().matches(names))
                        .toList())
                .stream();
    }

    /** Scenario: a flow stands at the point, the victim is struck and comes back. Expected outcome: N2 to N4. */
    @Order(1)
    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void leavesNothingApartAndNothingInDoubt(FlowCell cell) throws SQLException {
        boolean isHealthy = false;
        try {
            FlowCellResult result = new FlowCellRun(machines, threads, cell, ++cells).run();
            report.add(result);
            isHealthy = result.heal().isPresent() && result.next().isPresent();
            assertThat(result.violations())
                    .as(() -> cell + ", client: " + result.answer())
                    .isEmpty();
        } catch (FlowPointNotReachedException e) {
            report.leaveOut(e.getMessage());
            throw e;
        } finally {
            if (!isHealthy) {
                machines.renewed().warm(Shape.values());
            }
        }
    }

    /** The decisions of holders that died, or whose superiors did, go, too, when their retention is over. */
    @Order(2)
    @Test
    void forgetsAllDecisions() {
        Duration limit = Duration.ofSeconds(Machines.RETENTION_SECONDS + 10L);
        assertThat(Patience.until(limit, machines::isNothingRemembered))
                .as(() -> "kept longer than the retention: " + machines.remembered())
                .isPresent();
    }

    /** N5. */
    @Order(3)
    @Test
    void keepsNoTombstoneBeyondItsTime() {
        Duration limit = Machines.TOMBSTONE_LIMIT.plusSeconds(5);
        assertThat(Patience.until(limit, machines::isWithoutTombstones))
                .as(() -> "tombstones: " + machines.tombstones())
                .isPresent();
    }
}
