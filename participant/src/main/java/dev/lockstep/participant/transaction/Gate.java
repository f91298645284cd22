package dev.lockstep.participant.transaction;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.Order;
import dev.lockstep.participant.flow.Order.Follow;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Part;
import dev.lockstep.participant.flow.Vote;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A transaction here as the part of a flow: it prepares when its superior asks, and decides nothing by itself. Thread-safe. */
public final class Gate implements Part {

    private final GlobalTransaction transaction;
    private final SecondPhase secondPhase;
    private final Object voting = new Object();
    private Vote vote;
    private XAException no;
    private volatile Set<ParticipantId> named = Set.of();
    private volatile Order order;
    private volatile long resumedBy;
    private volatile boolean hasVotedNo;
    private volatile boolean isReleased;
    private volatile boolean isEndedByOthers;
    private volatile boolean isOver;
    private volatile Boolean forgotten;

    Gate(GlobalTransaction transaction, SecondPhase secondPhase) {
        this.transaction = transaction;
        this.secondPhase = secondPhase;
        resumed();
    }

    @Override
    public GlobalId id() {
        return transaction.id();
    }

    @Override
    public void resumed() {
        resumedBy = Thread.currentThread().getId();
    }

    /** {@return the thread that does the work} */
    Optional<Long> worker() {
        return Optional.of(resumedBy);
    }

    @Override
    public void named(Set<ParticipantId> databases) {
        named = Set.copyOf(databases);
    }

    @Override
    public void requireNoStrangers(Xid last) throws XAException {
        int ours = 1 + transaction.members().size();
        int all = transaction.id().enlistedBefore(last);
        if (all != ours) {
            transaction.markRollbackOnly();
            throw new ProtocolException(
                    XAException.XA_RBROLLBACK,
                    transaction.id() + " has " + all + " resources, but only " + ours
                            + " are databases of the participant and servers of the flow: another one could say no after the decision",
                    null);
        }
    }

    @Override
    public Vote prepare(Order asked) throws XAException {
        synchronized (voting) {
            if (no != null) {
                throw no;
            }
            if (vote == null) {
                try {
                    vote = prepareAll(asked);
                } catch (XAException | RuntimeException e) {
                    no = no(e);
                    votesNo();
                    throw no;
                }
            }
            return vote;
        }
    }

    private Vote prepareAll(Order asked) throws XAException {
        order = asked;
        transaction.prepare(asked);
        boolean hasYes = false;
        for (Member member : transaction.members()) {
            if (asked instanceof Follow) {
                requireNamed(member);
            }
            hasYes |= member.prepare() == XAResource.XA_OK;
        }
        transaction.requireSound();
        return hasYes ? transaction.keeper().map(Gate::yes).orElseThrow() : new Vote.Nothing();
    }

    private static Vote yes(Keeper keeper) {
        return new Vote.Prepared(keeper.decision(), keeper.database(), keeper.kept());
    }

    private void requireNamed(Member member) throws ProtocolException {
        Set<ParticipantId> unnamed = new HashSet<>(member.databases());
        unnamed.removeAll(named);
        if (!unnamed.isEmpty()) {
            throw new ProtocolException(
                    XAException.XA_RBROLLBACK,
                    "cannot prepare " + member + ": its superior was told of " + named + ", not of " + unnamed
                            + ", so the decision might be forgotten before it",
                    null);
        }
    }

    private XAException no(Exception reason) {
        transaction.markRollbackOnly();
        return reason instanceof XAException told
                        && told.errorCode >= XAException.XA_RBBASE
                        && told.errorCode <= XAException.XA_RBEND
                ? told
                : initialised(reason);
    }

    private XAException initialised(Exception reason) {
        XAException told = new ProtocolException(
                XAException.XA_RBROLLBACK, "votes no: " + transaction.id() + ": " + reason.getMessage(), null);
        told.addSuppressed(reason);
        return told;
    }

    /** Nobody will ever have decided to commit: {@link #prepare} fails, now and whenever it is called. */
    void votesNo() {
        hasVotedNo = true;
    }

    /** {@return what the superior has asked for; null before it has} */
    Order order() {
        return order;
    }

    /** {@return whether it follows another server's decision, and may have voted yes: then somebody may have decided to commit} */
    boolean isBound() {
        return order instanceof Follow && !hasVotedNo;
    }

    /** {@return whether the superior has decided to commit} */
    boolean isReleased() {
        return isReleased;
    }

    @Override
    public void commit() {
        isReleased = true;
        if (order instanceof Follow) {
            transaction.learn(Outcome.COMMIT);
        }
    }

    @Override
    public Outcome ask() {
        return secondPhase.ask(transaction);
    }

    /** A follower was looked for. */
    void isEndedByOthers(boolean isSo) {
        isEndedByOthers = isSo;
    }

    @Override
    public boolean isEndedByOthers() {
        return isEndedByOthers;
    }

    @Override
    public Outcome learn(Outcome learned) {
        return learned == Outcome.ROLLBACK && isBound() ? transaction.outcome() : transaction.learn(learned);
    }

    @Override
    public Outcome outcome() {
        return transaction.outcome();
    }

    @Override
    public boolean isDone() {
        return transaction.isSeenThrough();
    }

    /** The superior needs the decision no more, though the transaction is not over here. */
    void forget(boolean areDone) {
        forgotten = areDone;
    }

    /** {@return whether everything was done everywhere, if the superior has said that it needs the decision no more} */
    Optional<Boolean> forgotten() {
        return Optional.ofNullable(forgotten);
    }

    boolean isOver() {
        return isOver;
    }

    @Override
    public void over() {
        isOver = true;
        transaction.memberOver();
    }

    @Override
    public String toString() {
        return "the gate of " + transaction.id();
    }
}
