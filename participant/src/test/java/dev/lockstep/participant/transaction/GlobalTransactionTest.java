package dev.lockstep.participant.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.database.Limits;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.flow.Order;
import dev.lockstep.participant.flow.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A transaction's own rules. */
class GlobalTransactionTest {

    private static final GlobalId ID = new GlobalId(GlobalId.JTS_FORMAT + "_"
            + Base64.getEncoder().encodeToString("12345678shop,server,P100".getBytes(StandardCharsets.US_ASCII)));

    private final List<GlobalTransaction> over = new ArrayList<>();
    private GlobalTransaction transaction;
    private Branch commitPoint;
    private Branch follower;

    @BeforeEach
    void enlistTwo() throws Exception {
        enlist(Duration.ofHours(1), Duration.ofHours(1));
    }

    private void enlist(Duration productRetention, Duration ordersRetention) throws Exception {
        transaction = new GlobalTransaction(ID, List::of, over::add);
        commitPoint = transaction.enlist(database("product", 1, productRetention), null, () -> XAResource.XA_OK);
        follower = transaction.enlist(database("orders", 2, ordersRetention), null, () -> XAResource.XA_OK);
    }

    private static ParticipantDatabase database(String name, long cluster, Duration retention) throws Exception {
        Duration any = Duration.ofSeconds(1);
        return ParticipantDatabase.of(
                new ParticipantId(name, cluster, 5, 6),
                null,
                new PGSimpleDataSource(),
                new Limits(any, any, retention, any));
    }

    /** A coordinator that was stopped for long (SIGSTOP, a paused machine) must not take a forgotten decision for a rollback. */
    @Test
    void missingRow_tellsNothing_whenHalfTheRetentionIsOver() throws Exception {
        enlist(Duration.ofHours(1), Duration.ofNanos(2));
        transaction.prepare(commitPoint);
        assertThat(transaction.mayConcludeFromMissingRow()).isTrue();

        enlist(Duration.ofNanos(2), Duration.ofHours(1));
        transaction.prepare(commitPoint);
        assertThat(transaction.mayConcludeFromMissingRow())
                .as("the row has the commit point's retention")
                .isFalse();
    }

    /** A call back may use any connection of the transaction: whoever rolls it back must close them. */
    @Test
    void whileACallBackIsAtWork_everyThreadIsAnother() {
        assertThat(follower.isForeignThread()).isFalse();
        transaction.calledBack(true);
        assertThat(follower.isForeignThread()).isTrue();
        transaction.calledBack(false);
        assertThat(follower.isForeignThread()).isFalse();
    }

    @Test
    void isOverOnce_whenAllBranchesAre() {
        follower.over(false);
        assertThat(over).isEmpty();
        commitPoint.over(false);
        commitPoint.over(false);
        assertThat(over).containsExactly(transaction);
    }

    @Test
    void isSeenThrough_onlyIfEveryBranchIsCommitted() {
        commitPoint.over(true);
        assertThat(transaction.isSeenThrough()).isFalse();
        follower.over(true);
        assertThat(transaction.isSeenThrough()).isTrue();
    }

    /** The name tells whom to ask, so it is given when that is known. */
    @Test
    void commitPointThatVotedReadOnly_handsItsPartToTheNext() throws Exception {
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> transaction.prepare(follower))
                .withMessageContaining("before its commit point");
        transaction.prepare(commitPoint);
        assertThat(commitPoint.id().qualifier()).startsWith("C0.product.");
        assertThat(transaction.followers(commitPoint))
                .containsExactly(follower.database().id());
        transaction.readOnly(commitPoint);
        commitPoint.over(true);
        transaction.prepare(follower);
        assertThat(follower.isCommitPoint()).isTrue();
        assertThat(follower.id().qualifier()).startsWith("C0.orders.");
        assertThat(transaction.followers(follower)).isEmpty();
        follower.over(true);
        assertThat(over).containsExactly(transaction);
    }

    @Test
    void followerOfAPreparedCommitPoint_bearsItsName() throws Exception {
        transaction.prepare(commitPoint);
        assertThatExceptionOfType(ProtocolException.class)
                .as("not prepared yet")
                .isThrownBy(() -> transaction.prepare(follower));
        commitPoint.prepared();
        transaction.prepare(follower);
        assertThat(follower.id().qualifier()).startsWith("F1.product.");
    }

    @Test
    void whatIsKnown_staysKnown() {
        assertThat(transaction.learn(Outcome.UNKNOWN)).isEqualTo(Outcome.UNKNOWN);
        assertThat(transaction.learn(Outcome.COMMIT)).isEqualTo(Outcome.COMMIT);
        assertThat(transaction.learn(Outcome.ROLLBACK)).isEqualTo(Outcome.COMMIT);
    }

    @Test
    void looseEnd_isKnownBeforeTheTransactionIsForgotten() throws Exception {
        LooseEnds looseEnds = new LooseEnds();
        transaction.prepare(commitPoint);
        transaction.decideToCommit();
        looseEnds.add(transaction);
        assertThat(looseEnds.isDecidedToCommit(ID)).isTrue();
        ParticipantId product = commitPoint.database().id();
        assertThat(looseEnds.askedNoMore(product)).containsExactly(ID);
        assertThat(looseEnds.takeSeenThrough(product, 10)).isEmpty();
        looseEnds.done(product, List.of(ID));
        assertThat(looseEnds.isDecidedToCommit(ID)).isFalse();
        assertThat(looseEnds.askedNoMore(product)).isEmpty();
    }

    /** So that no server that is behind can make R2 roll a follower back. */
    @Test
    void commitThatWasLearned_isKnown_untilNothingIsLeftToDo() throws Exception {
        LooseEnds looseEnds = new LooseEnds();
        transaction.prepare(commitPoint);
        transaction.decideToCommit();
        transaction.learn(Outcome.COMMIT);
        looseEnds.add(transaction);
        assertThat(looseEnds.isCommitted(ID)).isTrue();
        assertThat(looseEnds.isDecidedToCommit(ID)).isTrue();
        looseEnds.done(commitPoint.database().id(), List.of(ID));
        assertThat(looseEnds.isCommitted(ID)).isFalse();
    }

    /** A part of a flow that has committed its commit point, and all else or not. */
    private GlobalTransaction heldPart(boolean isSeenThrough) throws Exception {
        GlobalTransaction part = new GlobalTransaction(ID, List::of, over::add);
        Gate gate = new Gate(part, new SecondPhase(new LocalTransactions()));
        part.enter(gate);
        Duration any = Duration.ofHours(1);
        commitPoint = part.enlist(database("product", 1, any), null, () -> {
            part.prepare(commitPoint);
            commitPoint.prepared();
            return XAResource.XA_OK;
        });
        gate.prepare(new Order.Hold(Set.of(), "1"));
        gate.commit();
        part.decideToCommit();
        part.learn(Outcome.COMMIT);
        commitPoint.over(isSeenThrough);
        return part;
    }

    @Test
    void decisionOfAPart_isHeldUntilItsSuperiorNeedsItNoMore() throws Exception {
        LooseEnds looseEnds = new LooseEnds();
        looseEnds.add(heldPart(true));
        ParticipantId product = commitPoint.database().id();
        assertThat(looseEnds.held(product)).containsExactly(ID);
        assertThat(looseEnds.askedNoMore(product)).isEmpty();
        assertThat(looseEnds.takeSeenThrough(product, 10)).isEmpty();
        looseEnds.forget(product, Optional.empty(), ID, true);
        assertThat(looseEnds.takeSeenThrough(product, 10)).as("without a look").containsExactly(ID);
        assertThat(looseEnds.held(product)).isEmpty();
    }

    /** Whatever the superior says: here it is known better. */
    @Test
    void decisionOfAPartWithABranchThatIsOpen_isNotForgottenWithoutALook() throws Exception {
        LooseEnds looseEnds = new LooseEnds();
        looseEnds.add(heldPart(false));
        ParticipantId product = commitPoint.database().id();
        looseEnds.forget(product, Optional.empty(), ID, true);
        assertThat(looseEnds.takeSeenThrough(product, 10)).isEmpty();
        assertThat(looseEnds.askedNoMore(product)).containsExactly(ID);
    }

    @Test
    void decisionOfAPart_thatIsForgottenByAge_isHeldNoMore() throws Exception {
        LooseEnds looseEnds = new LooseEnds();
        looseEnds.add(heldPart(true));
        ParticipantId product = commitPoint.database().id();
        looseEnds.done(product, List.of(ID));
        assertThat(looseEnds.held(product)).isEmpty();
        looseEnds.forget(product, Optional.empty(), ID, true);
        assertThat(looseEnds.takeSeenThrough(product, 10)).isEmpty();
    }

    /** JTS's last word to a branch is not its last word to the gate. */
    @Test
    void part_isOverWithItsGate() throws Exception {
        GlobalTransaction part = heldPart(true);
        assertThat(over).isEmpty();
        part.gate().orElseThrow().over();
        assertThat(over).containsExactly(part);
    }
}
