package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.observe.BranchInDoubt;
import dev.lockstep.participant.observe.Evidence;
import dev.lockstep.participant.observe.Instruction;
import dev.lockstep.participant.observe.Reply;
import dev.lockstep.participant.observe.Reply.Outcome;
import dev.lockstep.participant.observe.Resolution;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionListener;
import dev.lockstep.participant.observe.Transactions;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;

/** What an operator may do with a branch in doubt: what the evidence allows, and nothing else without saying that it is a guess. */
class SettleByHandIT extends OperatorFixture {

    /** Scenario: the coordinator died before its decision. Expected outcome: the operator's rollback of the commit point decides. */
    @Test
    void openTransaction_isRolledBack_theCommitPointFirst() throws Exception {
        prepareBoth(other);
        other.close();
        BranchInDoubt commitPoint = commitPoint();
        BranchInDoubt follower = follower();
        for (Resolution resolution : Resolution.values()) {
            assertRefused(
                    settle(follower, resolution),
                    Evidence.OPEN,
                    "settle its commit point first, " + commitPoint.gid() + " in product");
            assertRefused(guess(follower, resolution), Evidence.OPEN, "settle its commit point first");
        }
        assertRefused(settle(commitPoint, Resolution.COMMIT), Evidence.OPEN, "only the coordinator that has decided");
        assertRefused(guess(commitPoint, Resolution.COMMIT), Evidence.OPEN, "only the coordinator that has decided");
        assertThat(productDatabase.prepared()).hasSize(1);
        assertThat(ordersDatabase.prepared()).hasSize(1);

        assertSettled(settle(commitPoint, Resolution.ROLLBACK), Evidence.OPEN);
        assertRefused(
                settle(follower, Resolution.COMMIT), Evidence.ROLLBACK, "COMMIT contradicts the evidence ROLLBACK");
        assertRefused(
                guess(follower, Resolution.COMMIT), Evidence.ROLLBACK, "COMMIT contradicts the evidence ROLLBACK");
        assertSettled(settle(follower, Resolution.ROLLBACK), Evidence.ROLLBACK);
        assertRolledBack();
    }

    @Test
    void committedTransaction_isCommittedOnly() throws Exception {
        prepareBoth(other);
        product.commit();
        other.close();
        BranchInDoubt follower = follower();
        assertRefused(
                settle(follower, Resolution.ROLLBACK), Evidence.COMMIT, "ROLLBACK contradicts the evidence COMMIT");
        assertRefused(
                guess(follower, Resolution.ROLLBACK), Evidence.COMMIT, "ROLLBACK contradicts the evidence COMMIT");
        Reply reply = guess(follower, Resolution.COMMIT);
        assertSettled(reply, Evidence.COMMIT);
        assertThat(reply.isHeuristic()).as("it was no guess").isFalse();
        assertCommitted("Ann");
    }

    /** Scenario: this process decided, and lost the connection for good. Expected outcome: its operator may do what the resolver would. */
    @Test
    void ownDecision_mayBeCarriedOut() throws Exception {
        other.close();
        prepareBoth(node);
        node.toProduct.cut();
        assertXaError(XAException.XAER_RMFAIL, product::commit);
        assertXaError(XAException.XAER_RMFAIL, orders::commit);
        node.toProduct.heal();
        assertThat(commitPoint().because())
                .endsWith("the resolver commits it: this coordinator decided so, and got no answer");
        assertThat(commitPoint().permitted()).containsExactlyInAnyOrder(Resolution.COMMIT, Resolution.ROLLBACK);
        assertSettled(settle(commitPoint(), Resolution.COMMIT), Evidence.OPEN);
        assertSettled(settle(follower(), Resolution.COMMIT), Evidence.COMMIT);
        assertCommitted("Ann");
    }

    @Test
    void unknownDecision_isGuessedOnlyByName() throws Exception {
        prepareBoth(other);
        other.close();
        BranchInDoubt commitPoint = commitPoint();
        node.toProduct.cut();
        BranchInDoubt follower = follower();
        for (Resolution resolution : Resolution.values()) {
            assertRefused(settle(follower, resolution), Evidence.UNKNOWN, "a guess must be called a heuristic");
        }
        assertThat(settle(commitPoint, Resolution.ROLLBACK).outcome()).isEqualTo(Outcome.NOT_ANSWERED);
        try (OperatorLog log = OperatorLog.ofTheResolvers()) {
            Reply reply = guess(follower, Resolution.ROLLBACK);
            assertSettled(reply, Evidence.UNKNOWN);
            assertThat(reply.isHeuristic()).isTrue();
            assertThat(log.about(follower.globalId()))
                    .singleElement(STRING)
                    .startsWith("INFO ROLLBACK PREPARED of " + follower.globalId() + " F1")
                    .contains("HEURISTIC by ann (asked to): its commit point")
                    .contains("does not answer");
        }
        assertThat(ordersDatabase.prepared()).isEmpty();
        node.toProduct.heal();
        assertSettled(settle(commitPoint, Resolution.ROLLBACK), Evidence.OPEN);
    }

    @Test
    void branchOfAnUnknownDatabase_canBeGuessedAbout() {
        BranchId stray =
                new BranchId(GlobalId.of(other.begin()), Role.FOLLOWER, 1, new ParticipantId("elsewhere", 42, 5, 6));
        ordersDatabase.execute("BEGIN; PREPARE TRANSACTION '" + stray.gid() + "'");
        assertRefused(settle(follower(), Resolution.ROLLBACK), Evidence.UNKNOWN, "elsewhere", "heuristic");
        Reply reply = guess(follower(), Resolution.ROLLBACK);
        assertSettled(reply, Evidence.UNKNOWN);
        assertThat(reply.isHeuristic()).isTrue();
        assertThat(ordersDatabase.prepared()).isEmpty();
    }

    @Test
    void settlement_isToldAsTheResolversAre() throws Exception {
        prepareBoth(other);
        other.close();
        BranchInDoubt commitPoint = commitPoint();
        Queue<TransactionEvent> heard = new ConcurrentLinkedQueue<>();
        TransactionListener listener = heard::add;
        Transactions.listen(listener);
        try (OperatorLog log = OperatorLog.ofTheResolvers()) {
            settle(commitPoint, Resolution.ROLLBACK);
            assertThat(log.about(commitPoint.globalId()))
                    .containsExactly("INFO ROLLBACK PREPARED of "
                            + BranchId.parse(commitPoint.gid()).orElseThrow()
                            + " in product: by ann (asked to): " + commitPoint.because());
        } finally {
            Transactions.stopListening(listener);
        }
        assertThat(heard)
                .extracting(event -> event.kind() + " " + event.moment() + " " + event.globalId() + " "
                        + event.participant() + " " + event.branch() + " " + event.outcome())
                .containsExactly(
                        Kind.RESOLVE + " BEFORE " + commitPoint.globalId() + " product C0 ROLLBACK",
                        Kind.RESOLVE + " AFTER " + commitPoint.globalId() + " product C0 ROLLBACK");
    }

    @Test
    void branchThatEnded_isToldSo() throws Exception {
        prepareBoth(node);
        BranchInDoubt commitPoint = commitPoint();
        BranchInDoubt follower = follower();
        product.commit();
        orders.commit();
        for (BranchInDoubt branch : List.of(commitPoint, follower)) {
            Reply reply = settle(branch, Resolution.ROLLBACK);
            assertThat(reply.outcome()).isEqualTo(Outcome.ALREADY_ENDED);
            assertThat(reply.evidence()).isEqualTo(Evidence.COMMIT);
            assertThat(reply.because())
                    .isEqualTo("already ended: it is not prepared in " + branch.participant()
                            + " any more; its commit point in product is committed, the decision row is there");
        }
        productDatabase.execute("DELETE FROM xa_decision");
        Reply reply = settle(follower, Resolution.COMMIT);
        assertThat(reply.outcome()).isEqualTo(Outcome.ALREADY_ENDED);
        assertThat(reply.evidence()).as("a missing row proves nothing now").isEqualTo(Evidence.UNKNOWN);
        assertThat(reply.because()).endsWith("it was rolled back, or committed and the decision is forgotten");
    }

    /** Scenario: COMMIT PREPARED is carried out, its answer is lost. Expected outcome: told so; a second look finds the end. */
    @Test
    void lostAnswer_isNotTakenForAnything() throws Exception {
        prepareBoth(other);
        product.commit();
        other.close();
        BranchInDoubt follower = follower();
        node.toOrders.loseAnswer("COMMIT PREPARED");
        Reply reply = settle(follower, Resolution.COMMIT);
        assertThat(reply.outcome()).as(reply.because()).isEqualTo(Outcome.NOT_ANSWERED);
        assertThat(reply.because()).startsWith("no answer to COMMIT PREPARED from orders, it may be done");
        await("carried out", () -> ordersDatabase.prepared().isEmpty());
        assertThat(settle(follower, Resolution.COMMIT).outcome()).isEqualTo(Outcome.ALREADY_ENDED);
        assertCommitted("Ann");
    }

    @Test
    void whatIsNotOurs_isRefused() throws Exception {
        ordersDatabase.execute("BEGIN; PREPARE TRANSACTION 'somebody else''s'");
        try {
            assertRefused(
                    node.inDoubt()
                            .settle(new Instruction(
                                    "somebody else's", "orders", Resolution.ROLLBACK, true, "ann", "asked to")),
                    Evidence.UNKNOWN,
                    "it is no branch of the participant's");
            assertThat(ordersDatabase.column("SELECT gid FROM pg_prepared_xacts"))
                    .hasSize(1);
        } finally {
            ordersDatabase.execute("ROLLBACK PREPARED 'somebody else''s'");
        }
        prepareBoth(node);
        assertRefused(
                node.inDoubt()
                        .settle(new Instruction(
                                commitPoint().gid(), "nowhere", Resolution.ROLLBACK, false, "ann", "asked to")),
                Evidence.UNKNOWN,
                "no connection pool of this process has led to a database of that name",
                "product",
                "orders");
        product.rollback();
        orders.rollback();
    }
}
