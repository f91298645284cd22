package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.FlowEvent.Direction;
import dev.lockstep.flow.observe.FlowEvent.Kind;
import dev.lockstep.flow.observe.FlowEvent.Result;
import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.flow.Order;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Part;
import dev.lockstep.participant.flow.Vote;
import java.lang.System.Logger.Level;
import java.time.Duration;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/**
 * A subordinate's first resource. JTS asks it first to prepare. It prepares everything here, sends the vote, and returns to JTS when it
 * knows the decision: so JTS commits or rolls back in its usual way. What JTS commits unasked by the superior it refuses.
 */
final class Gate extends PlainResource {

    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final Duration FIRST_QUESTION = Duration.ofSeconds(2);
    private static final Duration NEXT_QUESTION = Duration.ofSeconds(1);

    private final SubordinateFlow flow;
    private final Ballot ballot;
    private final Vigil vigil;
    private Part part;

    Gate(SubordinateFlow flow) {
        this.flow = flow;
        this.ballot = flow.ballot();
        this.vigil = new Vigil(flow);
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        if (flags == TMNOFLAGS) {
            part = flow.here().flows().part(xid);
        }
    }

    /** {@return the transaction, as the participant sees it; null before the gate is enlisted} */
    Part part() {
        return part;
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        boolean isPrepared = false;
        try {
            isPrepared = vote() instanceof Vote.Prepared;
            return isPrepared ? XA_OK : XA_RDONLY;
        } finally {
            if (!isPrepared) {
                part.over();
            }
        }
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        try {
            if (onePhase) {
                vote(); // it is the only resource: there is nothing to commit
            }
        } finally {
            part.over();
        }
    }

    /** Yes is returned when the decision to commit has arrived. */
    private Vote vote() throws XAException {
        Order order = ballot.order()
                .orElseThrow(() -> no("the superior has not asked to prepare: it alone ends the transaction"));
        if (ballot.isRollbackWished()) {
            throw no("the superior rolls back");
        }
        Vote vote;
        try {
            vote = part.prepare(order);
        } catch (XAException e) {
            ballot.voted(new Reply.VotedNo(String.valueOf(e.getMessage())));
            throw e;
        }
        ballot.voted(new Reply.Voted(vote));
        if (vote instanceof Vote.Prepared) {
            await(order);
        }
        return vote;
    }

    private XAException no(String why) {
        flow.story().log(Level.INFO, "votes no: " + why);
        ballot.voted(new Reply.VotedNo(why));
        return rolledBack(why);
    }

    private static XAException rolledBack(String why) {
        XAException told = new XAException(why);
        told.errorCode = XAException.XA_RBROLLBACK;
        return told;
    }

    /** JTS rolls back what is left, and tells SystemException; of any other code it would make "rolled back". */
    private XAException unknown(String why) {
        flow.story().log(Level.WARNING, why);
        XAException told = new XAException(why);
        told.errorCode = XAException.XAER_PROTO;
        return told;
    }

    private void await(Order order) throws XAException {
        long parked = System.nanoTime();
        flow.parked();
        Outcome outcome = order instanceof Order.Hold ? awaitAsHolder() : awaitAsFollower();
        ServerFlows.tally().parked(Duration.ofNanos(System.nanoTime() - parked));
        flow.decided(outcome);
        if (outcome == Outcome.ROLLBACK) {
            throw rolledBack(ballot.reason());
        }
    }

    /** F7: nobody waits for a dead caller. After a second of silence it is asked; what it does not know, it will not commit. */
    private Outcome awaitAsHolder() {
        Deadline patience = Deadline.in(flow.here().settings().patience());
        while (ballot.await(patience.leftAtMost(SILENCE)) == Outcome.UNKNOWN) {
            if (patience.isOver()) {
                String why = "patience: no word from " + ballot.asker() + " since the vote";
                if (ballot.decide(Outcome.ROLLBACK, why) == Outcome.ROLLBACK) {
                    flow.story().log(Level.WARNING, "rolled back, " + why);
                    flow.story().after(Kind.PATIENCE, Direction.OUT, Result.ROLLBACK, why);
                }
            } else {
                vigil.ask(ballot.asker(), why -> ballot.decide(Outcome.ROLLBACK, why));
            }
        }
        if (ballot.decision() == Outcome.COMMIT) {
            part.commit();
        } else {
            part.learn(Outcome.ROLLBACK); // a fact: this process alone could have sent the commit
        }
        return ballot.decision();
    }

    /** F5a and F7: whoever follows never gives its vote up. It asks until it knows, whatever interrupts it. */
    private Outcome awaitAsFollower() throws XAException {
        Duration pause = FIRST_QUESTION;
        while (ballot.await(pause) == Outcome.UNKNOWN) {
            Outcome asked = ask();
            if (asked != Outcome.UNKNOWN) {
                ballot.decide(asked, "the commit point's database says so");
            } else if (part.isEndedByOthers()) {
                throw unknown(
                        "another instance has ended what was prepared here, as was decided; how is not told any more");
            }
            pause = NEXT_QUESTION;
        }
        part.learn(ballot.decision());
        return ballot.decision();
    }

    private Outcome ask() {
        Story story = flow.story();
        story.before(Kind.DECISIONS, Direction.OUT, "");
        Outcome asked = Outcome.UNKNOWN;
        try {
            asked = part.ask();
        } catch (RuntimeException e) { // of a driver: no answer, and no reason to give the vote up
            story.log(Level.WARNING, "the question for the decision failed: " + e);
        }
        story.after(Kind.DECISIONS, Direction.OUT, Story.resultOf(asked), "");
        return asked;
    }

    /** Work that was never prepared, or that has voted no; JTS rolls back the rest by itself. */
    @Override
    public void rollback(Xid xid) {
        if (part != null) {
            part.over();
        }
    }

    @Override
    public String toString() {
        return "gate of " + flow;
    }
}
