package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.participant.observe.UndecidableBranch;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

/** What the application leaves in the session of a branch: what the server says of it at PREPARE decides. */
class SessionLeftoversIT extends ProtocolFixture {

    private static final String ENDED = "the transaction is not the one that the participant began";

    private OperatorLog log;
    private Xid transaction;
    private Work product;
    private Work orders;

    @BeforeEach
    void openLog() {
        ordersDatabase.execute("CREATE ROLE tenant; GRANT ALL ON account TO tenant;"
                + " CREATE ROLE clerk LOGIN; GRANT tenant TO clerk; GRANT ALL ON account, xa_decision TO clerk");
        log = OperatorLog.ofAll();
    }

    @AfterEach
    void closeLog() {
        log.close();
        ordersDatabase.execute("DROP OWNED BY clerk, tenant; DROP ROLE clerk, tenant");
    }

    private void begin() throws Exception {
        transaction = node.begin();
        product = node.product(transaction).open(1, "Ann");
        orders = node.orders(transaction);
    }

    private void assertRefusedAndTold(String objection) throws XAException {
        product.end().prepare();
        assertXaError(XAException.XA_RBROLLBACK, orders.end()::prepare).withMessageContaining(objection);
        product.rollback();
        assertThat(log.about(objection))
                .singleElement()
                .asString()
                .startsWith("WARNING")
                .contains("orders", "4871251_", "25000");
    }

    /** Scenario: o's branch would belong to a role that its own connection is not. Expected outcome: a vote of no that names both. */
    @ParameterizedTest
    @ValueSource(strings = {"SET LOCAL ROLE tenant", "SET ROLE tenant", "SET SESSION AUTHORIZATION tenant"})
    void otherRole_votesNo(String leftover) throws Exception {
        begin();
        orders.execute(leftover).open(1, "Ann");
        assertRefusedAndTold("the role is tenant instead of postgres");
        assertRolledBack();
    }

    /** Scenario: the application ends the transaction by SQL, and works on. Expected outcome: nothing more is committed, and it is told. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMIT",
                "COMMIT AND CHAIN",
                "ROLLBACK",
                "ABORT; BEGIN",
                "PREPARE TRANSACTION 'its own'",
                "INSERT INTO account VALUES (3, 'Eve'); COMMIT; BEGIN",
                "DO 'BEGIN END'; END"
            })
    void transactionThatTheApplicationEnds_votesNo(String leftover) throws Exception {
        begin();
        orders.open(1, "Ann").execute(leftover).open(2, "Bob");
        assertRefusedAndTold(ENDED);
        ordersDatabase
                .column("SELECT gid FROM pg_prepared_xacts")
                .forEach(gid -> ordersDatabase.execute("ROLLBACK PREPARED 'its own'"));
        assertThat(ordersDatabase.owners()).doesNotContain("Bob");
        ordersDatabase.execute("DELETE FROM account");
        assertRolledBack();
    }

    @Test
    void transactionThatTheApplicationEnds_isNoticedWhateverItSaysItBy() throws Exception {
        begin();
        try (PreparedStatement commit =
                orders.open(1, "Ann").handle().prepareStatement(" /* well */ commit and chain")) {
            commit.execute();
        }
        assertRefusedAndTold(ENDED);
        begin();
        try (Statement statement = orders.handle().unwrap(Connection.class).createStatement()) {
            statement.execute("COMMIT");
        }
        product.end().prepare();
        assertXaError(XAException.XA_RBROLLBACK, orders.end()::prepare).withMessageContaining(ENDED);
        product.rollback();
        ordersDatabase.execute("DELETE FROM account");
    }

    /** Scenario: a statement failed, and the application mends that by SQL. Expected outcome: half of the work is not committed. */
    @Test
    void failedTransactionThatTheApplicationEnds_votesNo() throws Exception {
        begin();
        try (PreparedStatement failing = orders.handle().prepareStatement("SELECT 1 / 0")) {
            failing.execute();
        } catch (SQLException e) {
            orders.execute("ROLLBACK").open(2, "Bob");
        }
        assertRefusedAndTold(ENDED);
        assertRolledBack();
    }

    @Test
    void transactionThatTheApplicationEnds_isToldAtTheRollback() throws Exception {
        begin();
        orders.open(1, "Ann").execute("COMMIT").open(2, "Bob").end().rollback();
        product.end().rollback();
        assertThat(log.about("Cannot be rolled back as a whole"))
                .singleElement()
                .asString()
                .startsWith("WARNING")
                .contains(ENDED);
        assertThat(ordersDatabase.owners()).containsExactly("Ann");
        ordersDatabase.execute("DELETE FROM account");
    }

    @Test
    void transactionThatTheApplicationEnds_isNotCommittedInOnePhase() throws Exception {
        orders = node.orders(node.begin())
                .open(1, "Ann")
                .execute("ROLLBACK")
                .open(2, "Bob")
                .end();
        assertXaError(XAException.XAER_RMERR, orders::commitOnePhase).withMessageContaining(ENDED);
        assertRolledBack();
        orders.start(node.begin())
                .execute("INSERT INTO account VALUES (4, 'Dan')")
                .end()
                .commitOnePhase();
        assertThat(ordersDatabase.owners()).containsExactly("Dan");
        ordersDatabase.execute("DELETE FROM account");
    }

    /** Scenario: the application says what it likes, but the transaction is the branch's and so is the role. Expected outcome: a yes. */
    @Test
    void harmlessLeftovers_commit() throws Exception {
        begin();
        orders.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                .execute("SET LOCAL ROLE tenant; SAVEPOINT mine")
                .open(2, "Bob")
                .execute("ROLLBACK TO mine; RESET ROLE; SET search_path = pg_catalog; DEALLOCATE ALL")
                .execute("INSERT INTO public.account VALUES (1, 'Ann')");
        product.execute("DEALLOCATE ALL").end().prepare();
        orders.end().prepare();
        product.commit();
        orders.commit();
        assertCommitted("Ann");
    }

    @Test
    void sessionThatWasDiscarded_commitsTheNextBranch() throws Exception {
        product = node.product(node.begin()).touch().end().prepare();
        product.rollback();
        product.execute("DISCARD ALL");
        transaction = node.begin();
        product.start(transaction).open(1, "Ann").end();
        orders = node.orders(transaction).open(1, "Ann").end();
        product.prepare();
        orders.prepare();
        product.commit();
        orders.commit();
        assertCommitted("Ann");
    }

    /** Ordinary work pays no round trip for the mark. */
    @Test
    void mark_isSetOnlyBeforeWhatCouldEndTheTransaction() throws Exception {
        begin();
        String mark = "SELECT coalesce(current_setting('lockstep.branch', true), '')";
        for (String sql : List.of("INSERT INTO account VALUES (1, 'Ann')", "with x as (select 1) select 1 from x")) {
            try (PreparedStatement ordinary = orders.handle().prepareStatement(sql)) {
                ordinary.execute();
            }
        }
        try (PreparedStatement look = orders.handle().prepareStatement(mark);
                var row = look.executeQuery()) {
            row.next();
            assertThat(row.getString(1)).isEmpty();
        }
        assertThat(orders.handle().unwrap(PGConnection.class).getBackendPID()).isPositive();
        try (PreparedStatement look = orders.handle().prepareStatement(mark);
                var row = look.executeQuery()) {
            row.next();
            assertThat(row.getString(1)).contains("_");
        }
        orders.end().rollback();
        product.end().rollback();
    }

    /**
     * Scenario: no connection may finish the follower any more, since its role is not the one that prepared it. Expected outcome: not a yes
     * but a mixed outcome, told at once with what to do; a resolver ends it as soon as it may.
     */
    @Test
    void refusedCommitOfAFollower_isNoYes_andToldAtOnce() throws Exception {
        node.close();
        node = new Node("refused,server,P100").withPatientResolver();
        node.ordersPool().setUser("clerk");
        begin();
        orders.open(1, "Ann");
        Statement madeBefore = orders.handle().createStatement();
        product.end().prepare();
        orders.end().prepare();
        String gid = ordersDatabase.prepared().get(0).gid();
        ordersDatabase.execute("ALTER ROLE clerk SET role = 'tenant'");
        madeBefore.execute("SET ROLE tenant");
        product.commit();
        assertXaError(XAException.XA_HEURMIX, orders::commit)
                .withMessageContaining("its transaction is committed, but not yet");
        assertThat(log.about("COMMIT PREPARED '" + gid + "' is said in that database by the role that prepared it"))
                .first()
                .asString()
                .startsWith("WARNING Decided, but not carried out: " + gid + " in orders")
                .contains("permission denied to finish prepared transaction");
        assertThat(Transactions.undecidable())
                .extracting(UndecidableBranch::gid)
                .containsExactly(gid);
        ordersDatabase.execute("ALTER ROLE clerk RESET role");
        node.close();
        node = new Node("healer,server,P100").withPools();
        assertCommitted("Ann");
        await("told no more", () -> Transactions.undecidable().isEmpty());
        productDatabase.execute("DELETE FROM xa_decision"); // else kept for its coordinator, which has ended
    }
}
