package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.Refusal;
import dev.lockstep.flow.server.FlowRefusedException;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.flow.KnownDatabase;
import dev.lockstep.participant.flow.Order;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Part;
import jakarta.transaction.SystemException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A transaction of this server that others called, and that its superior ends. It is suspended between calls. Its vote and its end are a
 * worker's, so that no thread of the application or the listener waits. Thread-safe.
 */
final class SubordinateFlow extends Flow {

    /** So many silences fit into a holder's patience. */
    private static final int SILENCES = 3;

    /** How far it has come. */
    enum Phase {
        /** There is no transaction yet. */
        BEGINNING,
        /** Calls may come. */
        WORKING,
        /** A worker prepares. */
        VOTING,
        /** The vote was yes, and the gate waits. */
        PARKED,
        /** The decision is carried out, or the work rolled back. */
        ENDING,
        /** JTS is done. */
        OVER
    }

    private final Ballot ballot = new Ballot();
    private final Consumer<SubordinateFlow> whenOver;
    private final Gate gate;
    private final OwnTransaction own;
    private final Peer superior;
    private final String application;
    private Phase phase = Phase.BEGINNING;
    private Instant since = Instant.now();
    private String doom = "";
    private Deadline silence;

    SubordinateFlow(
            Here here,
            UUID id,
            Deadline deadline,
            Peer superior,
            String application,
            Consumer<SubordinateFlow> whenOver) {
        super(here, id, deadline, new Presence(0));
        this.superior = superior;
        this.application = application;
        this.whenOver = whenOver;
        this.gate = new Gate(this);
        this.own = new OwnTransaction(this, gate);
        heard();
    }

    Ballot ballot() {
        return ballot;
    }

    Peer superior() {
        return superior;
    }

    String application() {
        return application;
    }

    Part part() {
        return gate.part();
    }

    synchronized Phase phase() {
        return phase;
    }

    synchronized Instant since() {
        return since;
    }

    @Override
    String globalId() {
        Part joined = part();
        return joined == null ? "" : joined.id().text();
    }

    @Override
    synchronized boolean isOver() {
        return phase == Phase.OVER;
    }

    private synchronized void enter(Phase next) {
        phase = next;
        since = Instant.now();
    }

    /** Begins the transaction. */
    void begin() throws SystemException {
        own.begin();
    }

    /** The transaction has begun, on this worker. */
    void working() {
        enter(Phase.WORKING);
        here().workers()
                .later(deadline().left(), () -> rollback("its deadline has passed")); // now that there is what to end
        rollbackIfDoomed(); // if a rollback was heard meanwhile
    }

    /** A call comes or goes. A superior that is silent for longer is asked after, long before a holder's patience is over. */
    private synchronized void heard() {
        silence = Deadline.in(here().settings().patience().dividedBy(SILENCES));
    }

    /** Work that nobody has asked to prepare waits for no dead caller, either; F8 would end it late. */
    void watch() {
        synchronized (this) {
            if (phase != Phase.WORKING || !doom.isEmpty() || !silence.isOver()) {
                return;
            }
            heard();
        }
        new Vigil(this).ask(superior, this::rollback);
    }

    /** The superior also before its first call is let in. */
    @Override
    boolean isCaller(Peer peer) {
        return superior.name().equals(peer.name()) || super.isCaller(peer);
    }

    @Override
    void join(Peer caller, int number) throws FlowRefusedException {
        synchronized (this) {
            requireOpen();
            take(caller, number);
            heard();
        }
        try {
            resume();
        } catch (FlowRefusedException e) {
            rollback(e.getMessage());
            throw e;
        }
        part().resumed();
    }

    private void requireOpen() throws FlowRefusedException {
        if (phase == Phase.BEGINNING) {
            throw Refused.of(Refusal.BUSY, "the first call of " + this + " is at work here");
        }
        if (phase == Phase.OVER || phase == Phase.ENDING || deadline().isOver()) {
            throw Refused.of(Refusal.OVER, 410, this + " is over here");
        }
        if (phase != Phase.WORKING) {
            throw Refused.of(Refusal.OVER, this + " has begun to vote");
        }
        if (!doom.isEmpty()) {
            throw Refused.of(Refusal.OVER, this + " can only be rolled back: " + doom);
        }
    }

    /** If the flow was rolled back meanwhile, its thread does that itself: nobody else may use its transaction. */
    @Override
    void leave() {
        if (isToBeRolledBackHere()) {
            try {
                own.rollbackHere();
            } finally {
                presence().leave();
                over("rolled back: " + doom);
            }
            return;
        }
        super.leave();
        heard();
        rollbackIfDoomed();
    }

    private synchronized boolean isToBeRolledBackHere() {
        boolean isHere = phase == Phase.WORKING && !doom.isEmpty() && presence().isAlone();
        if (isHere) {
            enter(Phase.ENDING);
        }
        return isHere;
    }

    /** From now on they may follow (F3). */
    @Override
    Set<KnownDatabase> named() {
        Set<KnownDatabase> named = super.named();
        part().named(named.stream().map(KnownDatabase::id).collect(Collectors.toSet()));
        return named;
    }

    /** Somebody asks for the vote. Whoever asks later hears the same. */
    CompletionStage<Reply> prepare(Peer from, Order order) {
        synchronized (this) {
            if (phase == Phase.WORKING && (presence().isAtWork() || !doom.isEmpty())) {
                doomed("asked to prepare while a call of the flow is at work here");
                return CompletableFuture.completedFuture(new Reply.VotedNo(doom));
            }
            ballot.ask(from, order);
            if (phase != Phase.WORKING) {
                return ballot.vote();
            }
            enter(Phase.VOTING);
        }
        own.later(this::vote);
        return ballot.vote();
    }

    private void vote() {
        String end = "ended with an error";
        try {
            end = own.commit();
        } finally {
            over(end);
        }
    }

    /** The gate has voted yes. */
    void parked() {
        enter(Phase.PARKED);
    }

    /** The gate knows. */
    void decided(Outcome outcome) {
        story().log(Level.DEBUG, "decided: " + outcome + " " + ballot.reason());
        enter(Phase.ENDING);
    }

    /** The superior has decided to commit. */
    CompletionStage<Reply> commit(Peer from) {
        if (!ballot.isVotedYes()) {
            String why = "it has not voted yes";
            return CompletableFuture.completedFuture(ballot.isVoted() ? ended() : new Reply.Unknown(why));
        }
        if (!ballot.mayCommit(from)) {
            Refused.count(Refusal.NOT_ITS_OWN);
            return CompletableFuture.completedFuture(new Reply.Unknown(from + " did not ask for this vote"));
        }
        ballot.decide(Outcome.COMMIT, from + " commits");
        return ballot.end().thenApply(nothing -> ended());
    }

    /** What is known now: what was pending may be done meanwhile. */
    Reply ended() {
        Part joined = part();
        if (ballot.isVotedYes()) {
            return new Reply.Ended(joined.outcome(), joined.isDone());
        }
        return ballot.isVotedNo()
                ? new Reply.Ended(Outcome.ROLLBACK, true)
                : new Reply.Unknown("nothing was written, so it is over");
    }

    /** Rolls back what has not voted; a holder that has voted obeys, a follower asks (F5a). */
    void rollback(String why) {
        synchronized (this) {
            if (isUnvoted()) {
                doomed(why);
            }
        }
        rollbackIfDoomed();
    }

    /** As {@link #rollback}, on the superior's word. */
    void rollbackHeard(Peer from) {
        String why = from + " rolls back";
        synchronized (this) {
            if (!isUnvoted()) {
                ballot.rollbackHeard(why);
                return;
            }
        }
        rollback(why);
    }

    private boolean isUnvoted() {
        return phase == Phase.BEGINNING || phase == Phase.WORKING;
    }

    /** From now on no call is let in, and the one at work is told to stop. JTS ends it at the deadline, if it does not hear. */
    private void doomed(String why) {
        if (doom.isEmpty()) {
            doom = why;
            if (presence().isAtWork()) {
                presence().interrupt();
                here().workers().flows().execute(() -> doom(why)); // JTS may hold a lock
            }
        }
    }

    private void rollbackIfDoomed() {
        synchronized (this) {
            if (phase != Phase.WORKING || doom.isEmpty() || presence().isAtWork()) {
                return;
            }
            enter(Phase.ENDING);
        }
        own.later(() -> {
            try {
                own.rollback();
            } finally {
                over("rolled back: " + doom);
            }
        });
    }

    private void over(String how) {
        story().log(Level.DEBUG, how);
        ballot.voted(new Reply.VotedNo(how));
        enter(Phase.OVER);
        whenOver.accept(this);
        ballot.ended();
    }
}
