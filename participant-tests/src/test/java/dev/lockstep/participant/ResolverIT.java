package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionListener;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.participant.observe.UndecidableBranch;
import dev.lockstep.testing.FaultyNetwork;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** R1, R2 and R3: another node, or the same one started again, settles what a dead one left; the fixture's node is the healer. */
class ResolverIT extends ProtocolFixture {

    /** Before a database that is away is tried again. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

    private Node dying;
    private Work product;
    private Work orders;

    @BeforeEach
    void startSecondNode() throws Exception {
        dying = new Node("dying,server,P100").withPools();
    }

    @AfterEach
    void endSecondNode() {
        dying.close();
    }

    private void prepareBoth(Node coordinator) throws Exception {
        Xid transaction = coordinator.begin();
        product = coordinator.product(transaction).open(1, "Ann");
        orders = coordinator.orders(transaction).open(1, "Ann");
        product.end();
        orders.end();
        product.prepare();
        orders.prepare();
    }

    @Test
    void livingCoordinator_isNotDisturbed() throws Exception {
        prepareBoth(dying);
        letRoundsPass();
        assertThat(productDatabase.prepared()).hasSize(1);
        assertThat(ordersDatabase.prepared()).hasSize(1);
        product.commit();
        orders.commit();
        await("forgotten by its coordinator", () -> productDatabase.decisions().isEmpty());
        assertCommitted("Ann");
    }

    @Test
    void deathBeforeTheDecision_rollsBothBack() throws Exception {
        prepareBoth(dying);
        dying.close();
        assertRolledBack();
    }

    @Test
    void deathBetweenThePrepares_rollsBack() throws Exception {
        Xid transaction = dying.begin();
        product = dying.product(transaction).open(1, "Ann");
        orders = dying.orders(transaction).open(1, "Ann");
        product.end();
        orders.end();
        product.prepare();
        dying.close();
        assertRolledBack();
    }

    @Test
    void deathAfterTheDecision_commitsTheFollower() throws Exception {
        prepareBoth(dying);
        product.commit();
        BranchId follower = ordersDatabase.prepared().get(0);
        try (OperatorLog log = OperatorLog.ofTheResolvers()) {
            dying.close();
            assertCommitted("Ann");
            await("told", () -> !log.about(follower.global().text()).isEmpty());
            letRoundsPass();
            assertThat(log.about(follower.global().text()))
                    .as("decided what, for which transaction, on what evidence")
                    .containsExactly("INFO COMMIT PREPARED of " + follower + " in orders: its commit point in product"
                            + " is committed, the decision row is there");
        }
        assertThat(productDatabase.decisions())
                .as("its coordinator might still ask")
                .hasSize(1);
        productDatabase.execute("UPDATE xa_decision SET decided_at = kept_until");
    }

    /** The new incarnation holds the name, so the lock alone would tell everybody that the coordinator lives (R1, as modelled). */
    @Test
    void sameNodeStartedAgain_settlesWhatItLeft() throws Exception {
        node.close();
        prepareBoth(dying);
        dying.close();
        node = new Node("dying,server,P100").withPools();
        node.product(node.begin()).end().rollback();
        assertRolledBack();
    }

    @Test
    void decisionIsKept_whileItsFollowerIsPrepared() throws Exception {
        prepareBoth(dying);
        product.commit();
        node.toOrders.cut();
        dying.close();
        productDatabase.execute("UPDATE xa_decision SET decided_at = kept_until");
        letRoundsPass();
        assertThat(productDatabase.decisions()).hasSize(1);
        node.toOrders.heal();
        assertCommitted("Ann");
    }

    @Test
    void followersWait_whileTheCommitPointIsAway() throws Exception {
        prepareBoth(dying);
        node.toProduct.cut();
        dying.close();
        letRoundsPass();
        assertThat(ordersDatabase.prepared()).hasSize(1);
        node.toProduct.heal();
        assertRolledBack();
    }

    /** Scenario: the commit's outcome was UNKNOWN and the commit point is still prepared. Expected outcome: committed, as decided. */
    @Test
    void ownDecision_isCarriedOut() throws Exception {
        dying.close(); // else it might take us for dead while our lock's connection is cut
        prepareBoth(node);
        node.toProduct.cut();
        assertXaError(XAException.XAER_RMFAIL, product::commit);
        assertXaError(XAException.XAER_RMFAIL, orders::commit);
        node.toProduct.heal();
        assertCommitted("Ann");
    }

    /** Scenario: the server carries out what the resolver asks for, and the answer is lost. Expected outcome: done, once. */
    @Test
    void answerLostToTheResolver_isFoundDone() throws Exception {
        prepareBoth(dying);
        product.commit();
        CountDownLatch lost = new CountDownLatch(1);
        node.toOrders.loseAnswer("COMMIT PREPARED", lost::countDown);
        dying.close();
        assertCommitted("Ann");
        await("lost", () -> lost.getCount() == 0);
        productDatabase.execute("UPDATE xa_decision SET decided_at = kept_until");
    }

    /** Scenario: a database is away while eight rounds pass. Expected outcome: it is not tried in each, but after half a second at the earliest. */
    @Test
    void databaseThatIsAway_isTriedLessAndLessOften() throws Exception {
        prepareBoth(dying);
        long cut = System.nanoTime();
        node.toProduct.cut();
        await("tried", () -> node.toProduct.turnedAway() > 0);
        letRoundsPass();
        int tries = node.toProduct.turnedAway();
        Duration away = Duration.ofNanos(System.nanoTime() - cut);
        assertThat(tries).as("in %s", away).isLessThanOrEqualTo(1 + (int) away.dividedBy(FIRST_PAUSE));
        dying.close();
        node.toProduct.heal();
        assertRolledBack();
    }

    /**
     * Scenario: our own commit point is committed while the server's answer, that it is prepared, is on its way to the resolver. Expected
     * outcome: the resolver sends nothing that the server could only refuse, and log as an error.
     */
    @Test
    void commitPointThatHasJustEnded_isNotRolledBack() throws Exception {
        dying.close();
        prepareBoth(node);
        assertLeftAlone(node.toProduct);
    }

    /** The same with a follower, once it is not fresh any more. */
    @Test
    void followerThatHasJustEnded_isNotSettled() throws Exception {
        dying.close();
        prepareBoth(node);
        letRoundsPass();
        assertLeftAlone(node.toOrders);
    }

    /** The other instance must not look: once it sees the decision, it settles a follower by right (R2), whoever is about to. */
    private void assertLeftAlone(FaultyNetwork looking) {
        Queue<TransactionEvent> settled = new ConcurrentLinkedQueue<>();
        CountDownLatch ended = new CountDownLatch(1);
        TransactionListener settling = event -> {
            if (event.kind() == Kind.RESOLVE) {
                settled.add(event);
            }
        };
        Transactions.listen(settling);
        try {
            looking.beforeAnswer("pg_prepared_xacts", () -> {
                commit(product);
                commit(orders);
                ended.countDown();
            });
            await("ended while the resolver looked", () -> ended.getCount() == 0);
            assertCommitted("Ann");
            letRoundsPass();
            assertThat(settled).isEmpty();
        } finally {
            Transactions.stopListening(settling);
        }
    }

    private static void commit(Work branch) {
        try {
            branch.commit();
        } catch (XAException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void branchOfAnUnknownDatabase_isReported_andLeftAlone() {
        BranchId stray =
                new BranchId(GlobalId.of(dying.begin()), Role.FOLLOWER, 1, new ParticipantId("elsewhere", 42, 5, 6));
        ordersDatabase.execute("BEGIN; PREPARE TRANSACTION '" + stray.gid() + "'");
        try (OperatorLog log = OperatorLog.ofTheResolvers()) {
            await("reported", () -> Transactions.undecidable().stream()
                    .map(UndecidableBranch::gid)
                    .anyMatch(stray.gid()::equals));
            assertThat(Transactions.undecidable().get(0).reason())
                    .contains("elsewhere")
                    .contains("no connection pool");
            await("told", () -> !log.about(stray.gid()).isEmpty());
            letRoundsPass();
            assertThat(log.about(stray.gid()))
                    .as("once, and not in every round")
                    .singleElement(STRING)
                    .startsWith("WARNING Not settled, and not guessed: " + stray.gid() + " in orders: ")
                    .contains("no connection pool");
            assertThat(ordersDatabase.prepared()).hasSize(1);
        } finally {
            ordersDatabase.execute("ROLLBACK PREPARED '" + stray.gid() + "'");
        }
        await("no more", () -> Transactions.undecidable().isEmpty());
    }

    /**
     * Scenario: beside its follower, a decision has a branch there whose name a later version wrote. Expected outcome: it counts, though
     * nobody here can read the rest of its name.
     */
    @Test
    void decisionIsKept_whileSomethingOfItIsPrepared_whateverItIsCalled() throws Exception {
        prepareBoth(node);
        String unread = productDatabase.prepared().get(0).global() + "_RjItMS1YLnA=";
        ordersDatabase.execute("BEGIN; PREPARE TRANSACTION '" + unread + "'");
        node.toOrders.cut(); // so that the follower's commit is the resolver's, and the decision not seen through
        product.commit();
        orders.commit();
        node.toOrders.heal();
        await("committed by the resolver", () -> ordersDatabase.owners().contains("Ann"));
        letRoundsPass();
        assertThat(productDatabase.decisions()).hasSize(1);
        ordersDatabase.execute("ROLLBACK PREPARED '" + unread + "'");
        assertCommitted("Ann");
    }

    @Test
    void branchesOfOthers_areNotTouched() {
        ordersDatabase.execute("BEGIN; PREPARE TRANSACTION 'somebody else''s'");
        ordersDatabase.execute("BEGIN; PREPARE TRANSACTION '4871251_AAAA_BBBB'");
        letRoundsPass();
        assertThat(ordersDatabase.column("SELECT gid FROM pg_prepared_xacts")).hasSize(2);
        ordersDatabase.execute("ROLLBACK PREPARED 'somebody else''s'");
        ordersDatabase.execute("ROLLBACK PREPARED '4871251_AAAA_BBBB'");
    }
}
