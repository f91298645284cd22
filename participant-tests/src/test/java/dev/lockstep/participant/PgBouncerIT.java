package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lockstep.participant.database.Limits;
import dev.lockstep.participant.database.NameLock;
import dev.lockstep.participant.database.ParticipantDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** A pooler that shares sessions between connections cannot be between: it is refused, at once or as soon as it shows. */
class PgBouncerIT extends ProtocolFixture {

    private static final String SHARED = "shares sessions";

    @TempDir
    Path folder;

    @BeforeEach
    void mustBeInstalled() {
        assumeTrue(PgBouncer.isInstalled(), PgBouncer.HOW_TO_GET_IT);
    }

    @Test
    void transactionMode_isRefusedAtTheFirstConnection() throws Exception {
        try (PgBouncer bouncer = new PgBouncer(folder, productDatabase, "transaction");
                Node fresh = new Node("fresh,server,P100")) {
            fresh.productPool().setPortNumbers(new int[] {bouncer.port()});
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> fresh.productPool().getXAConnection())
                    .withMessageContaining(SHARED)
                    .withMessageContaining("pool_mode=session");
        }
    }

    /** Scenario: the pooler comes between later, by a change of DNS, say. Expected outcome: no connection that it shares does any harm. */
    @Test
    void transactionMode_isRefusedWhenItShows() throws Exception {
        try (PgBouncer bouncer = new PgBouncer(folder, productDatabase, "transaction");
                Connection other = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + bouncer.port() + "/postgres", "any", "");
                Statement elsewhere = other.createStatement()) {
            node.productPool().setPortNumbers(new int[] {bouncer.port()});
            XAConnection shared = node.productPool().getXAConnection();
            assertThatExceptionOfType(SQLException.class)
                    .as("the second one meets what the first one left in the session")
                    .isThrownBy(() -> node.productPool().getXAConnection())
                    .withMessageContaining(SHARED);
            elsewhere.execute("BEGIN"); // takes the session
            Xid transaction = node.begin();
            Work orders = node.orders(transaction).open(1, "Ann").end();
            Work product = new Work(shared, transaction).open(1, "Ann").end();
            orders.prepare();
            assertXaError(XAException.XA_RBROLLBACK, product::prepare).withMessageContaining(SHARED);
            orders.rollback();
            elsewhere.execute("ROLLBACK");
        }
        assertRolledBack();
    }

    /** The lock on a coordinator's name belongs to a session; who is moved to another one has it no more. */
    @Test
    void lockOfASharedSession_isNotHeldForLong() throws Exception {
        Duration second = Duration.ofSeconds(1);
        try (PgBouncer bouncer = new PgBouncer(folder, productDatabase, "transaction");
                Connection other = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + bouncer.port() + "/postgres", "any", "");
                Statement elsewhere = other.createStatement()) {
            PGSimpleDataSource behind = new PGSimpleDataSource();
            behind.setPortNumbers(new int[] {bouncer.port()});
            behind.setDatabaseName("postgres");
            behind.setUser("any");
            ParticipantDatabase database =
                    ParticipantDatabase.introduce(other, "product", behind, new Limits(second, second, second, second));
            try (NameLock lock = NameLock.take(database, "behind,server,P100", "any")) {
                assertThat(lock.isHeld()).isTrue();
                elsewhere.execute("BEGIN");
                assertThat(lock.isHeld()).isFalse();
                elsewhere.execute("ROLLBACK");
            }
        }
    }

    @Test
    void sessionMode_works() throws Exception {
        try (PgBouncer bouncer = new PgBouncer(folder, productDatabase, "session");
                Node fresh = new Node("fresh,server,P100")) {
            fresh.productPool().setPortNumbers(new int[] {bouncer.port()});
            Xid transaction = fresh.begin();
            Work product = fresh.product(transaction).open(1, "Ann").end();
            Work orders = fresh.orders(transaction).open(1, "Ann").end();
            product.prepare();
            orders.prepare();
            product.commit();
            orders.commit();
            assertCommitted("Ann");
            await("forgotten", () -> productDatabase.decisions().isEmpty());
        }
    }
}
