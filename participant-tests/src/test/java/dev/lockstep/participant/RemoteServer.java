package dev.lockstep.participant;

import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Subordinate;
import dev.lockstep.participant.flow.SubordinateBranch;
import dev.lockstep.participant.flow.Vote;
import java.util.Set;
import javax.transaction.xa.XAException;

/** The caller's resource for a server that it has called, with nothing but method calls between the two; they may be lost. */
final class RemoteServer implements CallingServer.Resource, Subordinate {

    private final CalledServerNode called;
    private final Set<ParticipantId> databases;
    private SubordinateBranch branch;
    private Integer vote;
    private boolean isCut;

    RemoteServer(CalledServerNode called) {
        this.called = called;
        this.databases = called.databases();
    }

    void start(SubordinateBranch enlisted) {
        branch = enlisted;
    }

    SubordinateBranch branch() {
        return branch;
    }

    /** Nothing arrives there from now on. */
    RemoteServer cut() {
        isCut = true;
        return this;
    }

    @Override
    public Set<ParticipantId> databases() {
        return databases;
    }

    @Override
    public int prepare() throws XAException {
        if (vote == null) {
            try {
                Vote cast = called.prepare(branch.order());
                branch.voted(cast);
                vote = CalledServerNode.code(cast);
            } catch (XAException e) {
                branch.over(false);
                rollBackThere();
                throw e;
            }
        }
        return vote;
    }

    @Override
    public void commit() throws XAException {
        if (branch.isHolder()) {
            branch.committing();
        }
        boolean isDone = false;
        if (!isCut) {
            isDone = branch.learn(called.commitHere()) == Outcome.COMMIT && called.part.isDone();
        }
        Outcome outcome = branch.outcome() == Outcome.UNKNOWN ? branch.ask() : branch.outcome();
        branch.over(isDone);
        if (outcome != Outcome.COMMIT) {
            throw new XAException(CallingServer.code(outcome));
        }
    }

    @Override
    public void rollback() throws XAException {
        branch.over(false);
        rollBackThere();
    }

    private void rollBackThere() throws XAException {
        if (!isCut) {
            called.rollbackHere();
        }
    }

    @Override
    public String toString() {
        return "remote";
    }
}
