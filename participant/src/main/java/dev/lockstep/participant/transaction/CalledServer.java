package dev.lockstep.participant.transaction;

import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.Order;
import dev.lockstep.participant.flow.Order.Follow;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Subordinate;
import dev.lockstep.participant.flow.SubordinateBranch;
import dev.lockstep.participant.flow.Vote;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/** A server that was called: it votes once, as the holder or as a follower. Thread-safe. */
final class CalledServer implements Member, SubordinateBranch {

    private final Subordinate subordinate;
    private final int number;
    private final GlobalTransaction transaction;
    private final SecondPhase secondPhase;
    private Order asked;
    private volatile boolean isPrepared;
    private volatile boolean isOver;
    private volatile boolean isCommitted;

    CalledServer(Subordinate subordinate, int number, GlobalTransaction transaction, SecondPhase secondPhase) {
        this.subordinate = subordinate;
        this.number = number;
        this.transaction = transaction;
        this.secondPhase = secondPhase;
    }

    /** {@return which of those that are called here, from 1} */
    int number() {
        return number;
    }

    @Override
    public Set<ParticipantId> databases() {
        return subordinate.databases();
    }

    @Override
    public int prepare() throws XAException {
        int vote = subordinate.prepare();
        if (vote == XAResource.XA_OK ? !isPrepared : !isCommitted) {
            throw protocol("its vote is " + vote + ", but that was not told", null);
        }
        return vote;
    }

    @Override
    public synchronized Order order() throws XAException {
        if (asked == null) {
            asked = transaction.order(this);
        }
        return asked;
    }

    @Override
    public synchronized void voted(Vote vote) throws XAException {
        if (asked == null || isOver) {
            throw protocol("it was not asked for " + vote, null);
        }
        if (vote instanceof Vote.Prepared yes) {
            prepared(yes);
        } else if (isPrepared) {
            throw protocol("it has voted yes, and now " + vote, null);
        } else {
            over(true);
        }
    }

    private void prepared(Vote.Prepared yes) throws XAException {
        boolean isAnswer = asked instanceof Follow follow
                ? yes.decision().equals(follow.decision()) && yes.commitPoint().equals(follow.commitPoint())
                : databases().contains(yes.commitPoint());
        if (!isAnswer) {
            throw protocol(yes + " is no answer to " + asked + "; it has named " + databases(), null);
        }
        if (isPrepared) {
            return; // heard before
        }
        if (asked instanceof Order.Hold) {
            transaction.hold(new Keeper(yes.decision(), yes.commitPoint(), yes.kept(), this));
        }
        isPrepared = true;
    }

    private ProtocolException protocol(String what, Throwable cause) {
        transaction.markRollbackOnly();
        return new ProtocolException(XAException.XA_RBPROTO, this + " in " + transaction.id() + ": " + what, cause);
    }

    @Override
    public void doubted() {
        transaction.markRollbackOnly();
    }

    @Override
    public void committing() throws XAException {
        if (!isHolder() || !secondPhase.mayDecide(transaction)) {
            throw new ProtocolException(
                    XAException.XAER_PROTO,
                    "cannot commit " + transaction.id() + " at " + this + ": "
                            + (isHolder() ? SecondPhase.NOT_RELEASED : "the commit point is not there"),
                    null);
        }
        transaction.decideToCommit();
    }

    @Override
    public Outcome learn(Outcome learned) {
        return transaction.learn(learned);
    }

    @Override
    public Outcome ask() {
        return secondPhase.ask(transaction);
    }

    @Override
    public Outcome outcome() {
        return transaction.outcome();
    }

    @Override
    public boolean isHolder() {
        return transaction.keeper().filter(keeper -> keeper.member() == this).isPresent();
    }

    @Override
    public boolean isAllDone() {
        return transaction.isSeenThrough();
    }

    @Override
    public void calledBack(boolean isAtWork) {
        transaction.calledBack(isAtWork);
    }

    @Override
    public boolean isPrepared() {
        return isPrepared && !isOver;
    }

    @Override
    public boolean isOver() {
        return isOver;
    }

    @Override
    public boolean isCommitted() {
        return isCommitted;
    }

    @Override
    public void over(boolean isDone) {
        isCommitted |= isDone;
        isOver = true;
        transaction.memberOver();
    }

    @Override
    public void done() {
        isCommitted = true;
    }

    @Override
    public String toString() {
        return "the server " + subordinate;
    }
}
