package dev.lockstep.flow.registry;

import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.wire.NoAnswerException;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.KnownDatabase;
import dev.lockstep.participant.flow.Order;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Subordinate;
import dev.lockstep.participant.flow.SubordinateBranch;
import dev.lockstep.participant.flow.Vote;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** A server that was called, as a resource of the caller's transaction. JTS drives it; it sends messages. Thread-safe. */
final class Remote extends PlainResource implements Subordinate {

    private static final Duration PAUSE = Duration.ofMillis(250);

    /** So often "not yet done" is heard, before the holder is left to look by itself: what waits there for a database may wait for long. */
    private static final int PENDING_MAX = 2;

    private final Flow flow;
    private final Peer peer;
    private final Line line;
    private final Set<ParticipantId> databases = new HashSet<>();

    private SubordinateBranch branch;
    private String globalId = "";
    private UUID handle;
    private int calls;
    private boolean isCalling;
    private boolean isInDoubt;
    private boolean isAwaitingVote;
    private XAException no;
    private Vote vote;
    private volatile End end = End.UNHEARD;
    private int pendingAnswers;
    private boolean isOver;

    /** What it has answered to commit. */
    private enum End {
        /** Nothing, or that it knows no outcome. */
        UNHEARD,
        /** Committed, but not yet carried out everywhere. */
        PENDING,
        /** Committed, and carried out everywhere. */
        DONE,
        /** It will never say that all is done. */
        HOPELESS
    }

    Remote(Flow flow, Peer peer) {
        this.flow = flow;
        this.peer = peer;
        this.line = new Line(this);
    }

    Flow flow() {
        return flow;
    }

    Peer peer() {
        return peer;
    }

    String globalId() {
        return globalId;
    }

    synchronized boolean isOver() {
        return isOver;
    }

    synchronized boolean isAwaitingVote() {
        return isAwaitingVote;
    }

    SubordinateBranch branch() {
        return branch;
    }

    /** {@return the decision that the server holds for this transaction, if it does} */
    synchronized Optional<Vote.Prepared> held() {
        return branch != null && branch.isHolder() && vote instanceof Vote.Prepared prepared
                ? Optional.of(prepared)
                : Optional.empty();
    }

    /** {@return the number of the call that begins, or 0 if another one is under way there} */
    synchronized int beginCall() {
        if (isCalling) {
            return 0;
        }
        isCalling = true;
        return ++calls;
    }

    synchronized Optional<UUID> handle() {
        return Optional.ofNullable(handle);
    }

    /** The answer joins the transaction there; false if it has another handle than before. */
    synchronized boolean answered(UUID answered, Collection<KnownDatabase> named) {
        isCalling = false;
        if (handle != null && !handle.equals(answered)) {
            return false;
        }
        handle = answered;
        named.forEach(database -> databases.add(database.id()));
        return true;
    }

    /** F2: whatever the server has done, it is not known here. */
    void doubted(String why) {
        synchronized (this) {
            isCalling = false;
            isInDoubt = true;
        }
        story().log(Level.INFO, "rollback only (F2): " + why);
        branch.doubted();
    }

    @Override
    public synchronized Set<ParticipantId> databases() {
        return Set.copyOf(databases);
    }

    @Override
    public void start(Xid xid, int flags) throws XAException {
        if (flags == TMNOFLAGS) {
            branch = flow.here().flows().enlist(xid, this);
            globalId = GlobalId.of(xid).text();
        }
    }

    /** JTS asks, perhaps after this server's own gate did. */
    @Override
    public int prepare(Xid xid) throws XAException {
        try {
            int answer = prepare();
            if (answer == XA_RDONLY) {
                over(true);
            }
            return answer;
        } catch (XAException e) {
            over(false);
            throw e;
        }
    }

    @Override
    public int prepare() throws XAException {
        synchronized (this) {
            if (no != null) {
                throw no;
            }
            if (vote != null) {
                return code(vote);
            }
            isAwaitingVote = true;
        }
        try {
            Vote voted = ask();
            synchronized (this) {
                vote = voted;
            }
            return code(voted);
        } catch (XAException e) {
            synchronized (this) {
                no = e;
            }
            line.rollback(e.getMessage()); // JTS will not: it believes that who says no has rolled back
            throw e;
        } finally {
            synchronized (this) {
                isAwaitingVote = false;
            }
        }
    }

    private static int code(Vote vote) {
        return vote instanceof Vote.Nothing ? XA_RDONLY : XA_OK;
    }

    private Vote ask() throws XAException {
        UUID asked = requireAnswered();
        Order order = branch.order();
        Duration limit = flow.deadline().leftAtMost(flow.phaseOne().left());
        if (limit.isZero()) {
            throw no(XAException.XA_RBTIMEOUT, "there is no time left for the vote");
        }
        Reply reply;
        try {
            reply = line.prepare(asked, order, limit);
        } catch (NoAnswerException e) {
            throw no(XAException.XA_RBCOMMFAIL, "no vote: " + e.getMessage());
        }
        if (reply instanceof Reply.Voted voted) {
            branch.voted(voted.vote());
            return voted.vote();
        }
        throw no(XAException.XA_RBROLLBACK, "it votes no: " + reply);
    }

    private synchronized UUID requireAnswered() throws XAException {
        if (isCalling || isInDoubt || handle == null) {
            throw no(XAException.XA_RBROLLBACK, "a call has no good answer (F2)");
        }
        return handle;
    }

    private XAException no(int code, String why) {
        story().log(Level.INFO, "votes no: " + why);
        XAException told = new XAException(peer + ": " + why);
        told.errorCode = code;
        return told;
    }

    /**
     * Commits. The holder's answer is the decision; followers are told of it (F5).
     *
     * @throws XAException XA_RB codes, in one phase, for a vote of no; XA_HEURRB if it is rolled back; XAER_RMFAIL if that is not known (F6)
     */
    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        boolean isSeen = false;
        try {
            if (onePhase && prepare() == XA_RDONLY) {
                isSeen = true;
                return;
            }
            Outcome outcome = branch.isHolder() ? decide() : branch.outcome();
            if (outcome == Outcome.UNKNOWN) {
                outcome = branch.ask();
            }
            if (!branch.isHolder()) {
                tell(outcome);
            }
            isSeen = end == End.DONE;
            require(outcome);
        } finally {
            over(isSeen);
        }
    }

    private void require(Outcome outcome) throws XAException {
        if (outcome != Outcome.COMMIT) {
            boolean isUnknown = outcome == Outcome.UNKNOWN;
            String what = isUnknown ? "it is not known whether it is committed" : "it is rolled back";
            story().log(isUnknown ? Level.ERROR : Level.WARNING, what);
            XAException told = new XAException(peer + ": " + what);
            told.errorCode = isUnknown ? XAException.XAER_RMFAIL : XAException.XA_HEURRB;
            throw told;
        }
    }

    /** The holder decides. If it does not say what, its database is asked, and it again: a commit may be repeated. */
    private Outcome decide() throws XAException {
        branch.committing();
        Deadline limit = Deadline.in(flow.here().settings().decisionTimeout());
        while (true) {
            Outcome heard = branch.learn(commitThere());
            if (heard == Outcome.UNKNOWN) {
                heard = branch.learn(branch.ask());
            }
            if (heard != Outcome.UNKNOWN || limit.isOver()) {
                return heard;
            }
            Waiting.pause(PAUSE);
        }
    }

    private Outcome commitThere() {
        try {
            Reply reply = line.commit(handle);
            heard(reply);
            if (reply instanceof Reply.Ended ended) {
                return ended.outcome();
            }
        } catch (NoAnswerException e) {
            story().log(Level.INFO, "no outcome: " + e.getMessage());
        }
        return Outcome.UNKNOWN;
    }

    private synchronized void heard(Reply reply) {
        if (!(reply instanceof Reply.Ended ended) || ended.outcome() != Outcome.COMMIT) {
            end = End.HOPELESS; // its tombstone is gone, or it was ended by others
        } else if (ended.isDone()) {
            end = End.DONE;
        } else {
            pendingAnswers++;
            end = pendingAnswers > PENDING_MAX ? End.HOPELESS : End.PENDING;
        }
    }

    /** {@return whether it was told to commit, and has not said that all is done there} */
    synchronized boolean isPending() {
        return isOver && vote instanceof Vote.Prepared && end != End.DONE && branch.outcome() == Outcome.COMMIT;
    }

    /** {@return whether it may say so, if it is told once more} */
    boolean isWorthTelling() {
        return isPending() && end != End.HOPELESS;
    }

    /**
     * The decision is known: tells it once more to commit.
     *
     * @return completes when it has answered, or will not
     */
    CompletableFuture<Void> tellAgain() {
        return line.commitAgain(handle)
                .thenAccept(reply -> {
                    heard(reply);
                    if (end == End.DONE) {
                        branch.done();
                    }
                })
                .exceptionally(noAnswer -> null)
                .toCompletableFuture();
    }

    /** A follower that does not hear this asks by itself. */
    private void tell(Outcome outcome) throws XAException {
        if (outcome == Outcome.COMMIT && commitThere() == Outcome.ROLLBACK) {
            story().log(Level.ERROR, "it says that it is rolled back, but the decision is to commit");
            XAException told = new XAException(peer + ": it is rolled back against the decision");
            told.errorCode = XAException.XA_HEURMIX;
            throw told;
        }
        if (outcome == Outcome.ROLLBACK) {
            line.rollback("the commit point is rolled back");
        }
    }

    /** {@inheritDoc} It does not wait for the answer: without it the server finds out by itself (F5a, F7, F8). */
    @Override
    public void rollback(Xid xid) throws XAException {
        if (branch == null) {
            return; // it could not be enlisted
        }
        try {
            if (branch.outcome() == Outcome.COMMIT) {
                throw commitKnown();
            }
            line.rollback("the caller's transaction is rolled back");
        } finally {
            over(false);
        }
    }

    private XAException commitKnown() {
        XAException told = new XAException(peer + ": it cannot be rolled back, the decision is to commit");
        told.errorCode = XAException.XA_HEURCOM;
        return told;
    }

    private void over(boolean isSeenThrough) {
        synchronized (this) {
            if (isOver) {
                return;
            }
            isOver = true;
        }
        branch.over(isSeenThrough);
    }

    Story story() {
        return new Story(flow, handle().map(UUID::toString).orElse(""), peer.name());
    }

    @Override
    public String toString() {
        return peer + " in " + flow;
    }
}
