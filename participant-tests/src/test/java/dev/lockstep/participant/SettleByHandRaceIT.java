package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.observe.BranchInDoubt;
import dev.lockstep.participant.observe.Evidence;
import dev.lockstep.participant.observe.Reply;
import dev.lockstep.participant.observe.Reply.Outcome;
import dev.lockstep.participant.observe.Resolution;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import dev.lockstep.participant.observe.TransactionListener;
import dev.lockstep.participant.observe.Transactions;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An operator and a coordinator that lives, in one process, at the same transaction: whoever wins, both databases agree. */
class SettleByHandRaceIT extends OperatorFixture {

    private static final int ROUNDS = 10;
    private static final int PATIENCE_SECONDS = 20;

    private final ExecutorService coordinator = Executors.newSingleThreadExecutor();

    @AfterEach
    void endCoordinator() {
        coordinator.shutdownNow();
    }

    /** What the transaction manager is told of both branches, in its order; 0 for a success. */
    private List<Integer> commitBoth() {
        return List.of(errorOf(product), errorOf(orders));
    }

    private static int errorOf(Work branch) {
        try {
            branch.commit();
            return 0;
        } catch (XAException e) {
            return e.errorCode;
        }
    }

    /** The coordinator commits, but comes no further than to the first step of a kind; meanwhile the operator acts. */
    private List<Integer> commitHeldBefore(Kind kind, Runnable operator) throws Exception {
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        TransactionListener hold = event -> {
            if (event.kind() == kind && event.moment() == Moment.BEFORE) {
                reached.countDown();
                passWhen(released);
            }
        };
        Transactions.listen(hold);
        try {
            Future<List<Integer>> told = coordinator.submit(this::commitBoth);
            passWhen(reached);
            operator.run();
            released.countDown();
            return told.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            released.countDown();
            Transactions.stopListening(hold);
        }
    }

    private static void passWhen(CountDownLatch latch) {
        try {
            assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Scenario: rolled back by hand just before COMMIT PREPARED. Expected outcome: the coordinator finds out, and follows. */
    @Test
    void rollbackByHand_wins_andTheCoordinatorFollows() throws Exception {
        prepareBoth(node);
        List<Integer> told = commitHeldBefore(Kind.DECISION, () -> {
            assertRefused(settle(commitPoint(), Resolution.COMMIT), Evidence.OPEN, "under way in this process");
            assertRefused(settle(follower(), Resolution.ROLLBACK), Evidence.OPEN, "settle its commit point first");
            assertSettled(settle(commitPoint(), Resolution.ROLLBACK), Evidence.OPEN);
        });
        assertThat(told).containsExactly(XAException.XA_HEURRB, XAException.XA_HEURRB);
        assertRolledBack();
    }

    @Test
    void rollbackByHandOfBothBranches_wins() throws Exception {
        prepareBoth(node);
        List<Integer> told = commitHeldBefore(Kind.DECISION, () -> {
            assertSettled(settle(commitPoint(), Resolution.ROLLBACK), Evidence.OPEN);
            assertSettled(settle(follower(), Resolution.ROLLBACK), Evidence.ROLLBACK);
        });
        assertThat(told).containsExactly(XAException.XA_HEURRB, XAException.XA_HEURRB);
        assertRolledBack();
    }

    /** Scenario: the operator is at the follower between the decision and its commit. Expected outcome: only a commit is allowed. */
    @Test
    void decidedFollower_canOnlyBeCommitted() throws Exception {
        prepareBoth(node);
        List<Integer> told = commitHeldBefore(Kind.COMMIT, () -> {
            assertRefused(settle(follower(), Resolution.ROLLBACK), Evidence.COMMIT, "contradicts the evidence COMMIT");
            assertSettled(settle(follower(), Resolution.COMMIT), Evidence.COMMIT);
        });
        assertThat(told).containsExactly(0, 0);
        assertCommitted("Ann");
    }

    /** Scenario: the commit point's database is away for the operator, the transaction is under way. Expected outcome: no guess. */
    @Test
    void guessAboutALivingTransaction_isRefused() throws Exception {
        prepareBoth(node);
        node.toProduct.cut();
        BranchInDoubt follower = follower();
        assertRefused(guess(follower, Resolution.ROLLBACK), Evidence.UNKNOWN, "no guess while its transaction");
        assertRefused(settle(follower, Resolution.ROLLBACK), Evidence.UNKNOWN, "a guess must be called a heuristic");
        node.toProduct.heal();
        product.rollback();
        orders.rollback();
        assertRolledBack();
    }

    /** Scenario: the decision falls between the operator's two looks. Expected outcome: R2's order of reads does not miss it. */
    @Test
    void decisionBetweenTheLooks_isSeen() throws Exception {
        prepareBoth(node);
        BranchInDoubt follower = follower();
        node.toProduct.beforeRequest(
                "pg_prepared_xacts", () -> assertThat(errorOf(product)).isZero());
        assertRefused(settle(follower, Resolution.ROLLBACK), Evidence.COMMIT, "contradicts the evidence COMMIT");
        orders.commit();
        assertCommitted("Ann");
    }

    /** Scenario: the operator's and the coordinator's word are sent at once. Expected outcome: both are told the same, as it is. */
    @Test
    void whoeverWins_bothDatabasesAgree() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        TransactionListener together = event -> {
            if (event.branch().equals("C0")
                    && event.moment() == Moment.BEFORE
                    && (event.kind() == Kind.DECISION || event.kind() == Kind.RESOLVE)) {
                meet(start);
            }
        };
        Transactions.listen(together);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                prepareBoth(node);
                BranchInDoubt commitPoint = commitPoint();
                BranchInDoubt follower = follower();
                Future<List<Integer>> told = coordinator.submit(this::commitBoth);
                Reply first = settle(commitPoint, Resolution.ROLLBACK);
                Reply second = settle(follower, Resolution.ROLLBACK);
                assertAgreement(first, second, told.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
            }
        } finally {
            Transactions.stopListening(together);
        }
    }

    private void assertAgreement(Reply first, Reply second, List<Integer> coordinatorTold) {
        if (first.outcome() == Outcome.SETTLED) {
            assertThat(coordinatorTold).doesNotContain(0);
            assertRolledBack();
        } else {
            assertThat(coordinatorTold).containsExactly(0, 0);
            assertThat(second.outcome()).as(second.because()).isNotEqualTo(Outcome.SETTLED);
            assertCommitted("Ann");
            productDatabase.execute("DELETE FROM account");
            ordersDatabase.execute("DELETE FROM account");
        }
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
