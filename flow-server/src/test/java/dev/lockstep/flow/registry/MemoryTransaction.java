package dev.lockstep.flow.registry;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.DecisionState;
import dev.lockstep.participant.flow.Order;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Part;
import dev.lockstep.participant.flow.Subordinate;
import dev.lockstep.participant.flow.SubordinateBranch;
import dev.lockstep.participant.flow.Vote;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A transaction of the participant in memory. */
final class MemoryTransaction implements Part {

    private final GlobalId id;
    private final MemoryFlows flows;
    private final List<Object> members = new ArrayList<>();
    private String path = "0";
    private boolean isPart;
    private boolean isReleased;
    private boolean isDoubted;
    private GlobalId decision;
    private ParticipantId commitPoint;
    private Object holder;
    private Vote vote;
    private boolean isFollower;
    private Outcome outcome = Outcome.UNKNOWN;
    private int over;
    private Thread worker;
    private boolean isEndedByOthers;
    private boolean isRolledBackByStranger;
    private int callsBack;

    MemoryTransaction(GlobalId id, MemoryFlows flows) {
        this.id = id;
        this.flows = flows;
    }

    static String commitPoint(GlobalId id) {
        return id.text() + "_C";
    }

    synchronized void isPart() {
        isPart = true;
    }

    /** A branch here. */
    static final class Own {
        private final MemoryDatabase database;
        private final String work;
        private String name = "";
        private boolean isVoted;
        private boolean isDone;

        Own(MemoryDatabase database, String work) {
            this.database = database;
            this.work = work;
        }
    }

    synchronized Own own(MemoryDatabase database, String work) {
        Own own = new Own(database, work);
        members.add(own);
        return own;
    }

    synchronized SubordinateBranch called(Subordinate subordinate) {
        Called called = new Called(subordinate, members.size() + 1);
        members.add(called);
        return called;
    }

    private static XAException failure(int code, String why) {
        XAException told = new XAException(why);
        told.errorCode = code;
        return told;
    }

    private void requireAlive() throws XAException {
        if (flows.isKilled()) {
            throw failure(XAException.XAER_RMFAIL, "the process is gone");
        }
    }

    synchronized int vote(Own own) throws XAException {
        requireAlive();
        if (isDoubted) {
            throw failure(XAException.XA_RBROLLBACK, "doubted");
        }
        if (own.isVoted || own.work.isEmpty()) {
            return own.work.isEmpty() ? XAResource.XA_RDONLY : XAResource.XA_OK;
        }
        if (own.work.equals("refused")) {
            throw failure(XAException.XA_RBINTEGRITY, "a constraint");
        }
        boolean isCommitPoint = decision == null;
        if (isCommitPoint) {
            decision = id;
            commitPoint = own.database.id();
            holder = own;
        }
        own.name = isCommitPoint ? commitPoint(id) : decision.text() + "_F" + path + "-" + members.indexOf(own);
        own.database.prepare(own.name, decision, own.work);
        own.isVoted = true;
        return XAResource.XA_OK;
    }

    synchronized void commit(Own own) throws XAException {
        requireAlive();
        if (own.database.isAway() && own != holder && outcome == Outcome.COMMIT) {
            return; // the resolver commits it
        }
        if (own == holder) {
            if (isPart && !isReleased) {
                throw new AssertionError("COMMIT PREPARED of a holder before its superior has decided (F5)");
            }
            outcome = own.database.commit(own.name, true) ? Outcome.COMMIT : Outcome.ROLLBACK;
        } else if (outcome == Outcome.COMMIT) {
            own.database.commit(own.name, false);
        }
        own.isDone = true;
        if (outcome != Outcome.COMMIT) {
            throw failure(XAException.XA_HEURRB, "rolled back");
        }
    }

    /** Row 2: a follower that has voted is not rolled back, whoever asks. */
    synchronized void rollback(Own own) throws XAException {
        requireAlive();
        isRolledBackByStranger = isPart && worker != Thread.currentThread();
        boolean isBound = isPart && isFollower && outcome != Outcome.ROLLBACK;
        if (own.isVoted && !isBound) {
            own.database.rollback(own.name);
            if (own == holder) {
                outcome = Outcome.ROLLBACK;
            }
        }
    }

    @Override
    public GlobalId id() {
        return id;
    }

    @Override
    public synchronized void resumed() {
        worker = Thread.currentThread();
    }

    synchronized boolean isRolledBackByStranger() {
        return isRolledBackByStranger;
    }

    @Override
    public Vote prepare(Order order) throws XAException {
        synchronized (this) {
            if (vote != null) {
                return vote;
            }
            path = order.path();
            if (order instanceof Order.Follow follow) {
                isFollower = true;
                decision = follow.decision();
                commitPoint = follow.commitPoint();
            }
        }
        boolean isPrepared = false;
        for (Object member : List.copyOf(members)) {
            int answer = member instanceof Own own ? vote(own) : ((Called) member).subordinate.prepare();
            isPrepared |= answer == XAResource.XA_OK;
        }
        synchronized (this) {
            vote = isPrepared ? new Vote.Prepared(decision, commitPoint, Duration.ofMinutes(10)) : new Vote.Nothing();
            return vote;
        }
    }

    @Override
    public synchronized void commit() {
        isReleased = true;
        if (isFollower) {
            learn(Outcome.COMMIT);
        }
    }

    @Override
    public Outcome ask() {
        try {
            DecisionState state = flows.ask(commitPoint, decision).getOrDefault(decision, DecisionState.PREPARED);
            return switch (state) {
                case PREPARED -> Outcome.UNKNOWN;
                case COMMITTED -> outcomeAsked(Outcome.COMMIT);
                case NO_ROW -> isFollower && isStillPrepared() ? outcomeAsked(Outcome.ROLLBACK) : Outcome.UNKNOWN;
            };
        } catch (SQLException e) {
            return Outcome.UNKNOWN;
        }
    }

    /** Else somebody else has ended it, and a missing row says nothing. */
    private synchronized boolean isStillPrepared() {
        boolean isSo = members.stream()
                .allMatch(member ->
                        !(member instanceof Own own) || own.work.isEmpty() || own.database.isPrepared(own.name));
        isEndedByOthers = !isSo;
        return isSo;
    }

    private synchronized Outcome outcomeAsked(Outcome asked) {
        if (outcome == Outcome.UNKNOWN) {
            outcome = asked;
        }
        return outcome;
    }

    @Override
    public synchronized Outcome learn(Outcome learned) {
        if (outcome == Outcome.UNKNOWN && (learned == Outcome.COMMIT || !isFollower)) {
            outcome = learned;
        }
        return outcome;
    }

    @Override
    public synchronized Outcome outcome() {
        return outcome;
    }

    @Override
    public synchronized boolean isDone() {
        return members.stream()
                .allMatch(member ->
                        member instanceof Own own ? own.isDone || own.work.isEmpty() : ((Called) member).isDone);
    }

    @Override
    public void named(Set<ParticipantId> databases) {
        // The participant in memory has one database, which is always named.
    }

    @Override
    public synchronized void requireNoStrangers(Xid last) throws XAException {
        int before = GlobalId.of(last).enlistedBefore(last);
        if (before != members.size() + 1) {
            isDoubted = true;
            throw failure(XAException.XA_RBROLLBACK, before + " resources, but " + (members.size() + 1) + " of ours");
        }
    }

    @Override
    public synchronized boolean isEndedByOthers() {
        return isEndedByOthers;
    }

    @Override
    public synchronized void over() {
        over++;
    }

    synchronized int callsBack() {
        return callsBack;
    }

    synchronized int timesOver() {
        return over;
    }

    /** A server called. */
    private final class Called implements SubordinateBranch {

        private final Subordinate subordinate;
        private final int number;
        private boolean isDone;
        private boolean isOver;

        Called(Subordinate subordinate, int number) {
            this.subordinate = subordinate;
            this.number = number;
        }

        @Override
        public Order order() throws XAException {
            synchronized (MemoryTransaction.this) {
                if (isDoubted) {
                    throw failure(XAException.XA_RBROLLBACK, "doubted");
                }
                String place = path.equals("0") ? "" + number : path + "-" + number;
                if (decision != null) {
                    return new Order.Follow(decision, commitPoint, place);
                }
                Set<ParticipantId> followers = new HashSet<>();
                members.forEach(member -> followers.addAll(
                        member instanceof Own own
                                ? Set.of(own.database.id())
                                : ((Called) member).subordinate.databases()));
                return new Order.Hold(followers, place);
            }
        }

        @Override
        public void voted(Vote voted) throws XAException {
            synchronized (MemoryTransaction.this) {
                if (voted instanceof Vote.Prepared prepared) {
                    if (decision != null && !decision.equals(prepared.decision())) {
                        throw failure(XAException.XA_RBPROTO, "another decision");
                    }
                    if (decision == null) {
                        decision = prepared.decision();
                        commitPoint = prepared.commitPoint();
                        holder = this;
                    }
                } else {
                    isDone = true;
                }
            }
        }

        @Override
        public void doubted() {
            synchronized (MemoryTransaction.this) {
                isDoubted = true;
            }
        }

        @Override
        public void committing() {
            synchronized (MemoryTransaction.this) {
                if (isPart && !isReleased) {
                    throw new AssertionError("COMMIT to a holder before the superior has decided (F5)");
                }
            }
        }

        @Override
        public Outcome learn(Outcome learned) {
            return MemoryTransaction.this.learn(learned);
        }

        @Override
        public Outcome ask() {
            return MemoryTransaction.this.ask();
        }

        @Override
        public Outcome outcome() {
            return MemoryTransaction.this.outcome();
        }

        @Override
        public boolean isHolder() {
            synchronized (MemoryTransaction.this) {
                return holder == this;
            }
        }

        @Override
        public void calledBack(boolean isAtWork) {
            synchronized (MemoryTransaction.this) {
                callsBack += isAtWork ? 1 : -1;
            }
        }

        @Override
        public boolean isAllDone() {
            return MemoryTransaction.this.isDone();
        }

        @Override
        public void done() {
            synchronized (MemoryTransaction.this) {
                isDone = true;
            }
        }

        @Override
        public void over(boolean isDoneThere) {
            synchronized (MemoryTransaction.this) {
                isDone |= isDoneThere;
                if (isOver) {
                    throw new AssertionError("over twice");
                }
                isOver = true;
            }
        }
    }
}
