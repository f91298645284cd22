package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;

/** Copies of the participant in one process, as applications bring them in {@code WEB-INF/lib}. */
class SoleCopyIT extends ProtocolFixture {

    private static final String NAME = "twice,server,P100";

    private static final List<String> NOTHING = List.of("0", "0", "0", "0", "0");

    private final Properties process = new Properties();

    /** Scenario: a second application brings a copy, too. Expected outcome: it is told at once, and the first works on. */
    @Test
    void secondCopy_isRefusedAtItsFirstConnection_andToldWhereItBelongs() throws Exception {
        try (Node first = new Node(NAME, process).withPools();
                Node second = new Node(NAME, process)) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(second::withPools)
                    .withMessageContaining("Another copy of the participant works in this server already")
                    .withMessageContaining("the domain's lib folder");
            first.product(first.begin()).end().rollback();
        }
    }

    /** Scenario: redeployment. Expected outcome: the old copy is gone with thread, sessions and locks before the new one begins. */
    @Test
    void copyThatHasEnded_leavesNothing_andTheNextWorks() throws Exception {
        node.undeploy(); // only one copy is to be seen
        await("nothing is there", () -> left().equals(NOTHING));
        try (Node first = new Node(NAME, process).withPools()) {
            first.product(first.begin()).end().rollback();
            first.orders(first.begin()).end().rollback();
            assertThat(left()).as("sessions, locks and thread").doesNotContain("0");

            first.undeploy();

            await("sessions, locks and thread are gone", () -> left().equals(NOTHING));
            assertXaError(XAException.XAER_RMERR, () -> first.product(first.begin()))
                    .withMessageContaining("ended with the application");
            try (Node next = new Node(NAME, process).withPools()) {
                next.product(next.begin()).end().rollback();
            }
        }
    }

    /** What a copy has beside its pools. */
    private List<String> left() {
        String sessions = "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'lockstep%'";
        String locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'";
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("lockstep-resolver"))
                .count();
        return List.of(
                productDatabase.column(sessions).get(0),
                productDatabase.column(locks).get(0),
                ordersDatabase.column(sessions).get(0),
                ordersDatabase.column(locks).get(0),
                Long.toString(threads));
    }
}
