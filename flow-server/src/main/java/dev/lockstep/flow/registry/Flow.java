package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.Refusal;
import dev.lockstep.flow.server.FlowRefusedException;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.KnownDatabase;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One transaction of this server that flows to others, or came from one. This class alone is where a flow began; a {@link SubordinateFlow}
 * has a superior. Thread-safe.
 */
class Flow {

    private final Here here;
    private final UUID id;
    private final UUID handle = UUID.randomUUID();
    private final Deadline deadline;
    private final Instant began = Instant.now();
    private final Presence presence;
    private final NamedDatabases databases = new NamedDatabases();
    private final Map<String, Remote> remotes = new LinkedHashMap<>();
    private final Map<String, Integer> lastCalls = new LinkedHashMap<>();
    private final Sayings sayings = new Sayings();
    private final Set<Thread> callsBack = ConcurrentHashMap.newKeySet();
    private Transaction transaction;
    private Deadline phaseOne;
    private int calls;

    /**
     * A flow.
     *
     * @param here what all share
     * @param id its public id
     * @param deadline for work that is not prepared
     * @param presence nobody yet
     */
    Flow(Here here, UUID id, Deadline deadline, Presence presence) {
        this.here = here;
        this.id = id;
        this.deadline = deadline;
        this.presence = presence;
        databases.add(here.flows().databases());
    }

    final Here here() {
        return here;
    }

    final UUID id() {
        return id;
    }

    /** {@return this server's transaction, as others name it} */
    final UUID handle() {
        return handle;
    }

    final Deadline deadline() {
        return deadline;
    }

    final Instant began() {
        return began;
    }

    final Presence presence() {
        return presence;
    }

    /** {@return the server's transaction; null until it has begun} */
    final synchronized Transaction transaction() {
        return transaction;
    }

    final synchronized void began(Transaction begun) {
        transaction = begun;
    }

    /**
     * Lets a call in, on its thread (F1). Where the flow began that is a call back by a server that was called.
     *
     * @param caller who signed it
     * @param number as the caller counts
     */
    void join(Peer caller, int number) throws FlowRefusedException {
        synchronized (this) {
            take(caller, number);
        }
        resume();
        callsBack.add(Thread.currentThread());
        calledBack(true);
    }

    /** All remotes are of one transaction, so any may be told. */
    private void calledBack(boolean isAtWork) {
        remotes().stream()
                .map(Remote::branch)
                .filter(Objects::nonNull)
                .findFirst()
                .ifPresent(branch -> branch.calledBack(isAtWork));
    }

    /** Takes the call's number and place. Refuses what was seen, overtaken, too much, or beside another call. */
    final void take(Peer caller, int number) throws FlowRefusedException {
        int last = lastCalls.getOrDefault(caller.name(), 0);
        if (number <= last) {
            throw Refused.of(
                    Refusal.REPEATED,
                    "call " + number + " of " + caller + " in " + this + " was seen here, or overtaken: its last was "
                            + last);
        }
        if (calls >= here.settings().maxCalls()) {
            throw Refused.of(Refusal.TOO_MANY, "there were " + calls + " calls of " + this + " here, the limit");
        }
        if (!presence.enter()) {
            throw Refused.of(Refusal.BUSY, "another call of " + this + " is at work here");
        }
        lastCalls.put(caller.name(), number);
        calls++;
    }

    final void resume() throws FlowRefusedException {
        try {
            here.transactions().resume(transaction());
        } catch (InvalidTransactionException | SystemException | IllegalStateException e) {
            presence.leave();
            throw Refused.of(Refusal.OVER, 410, this + " is over here: " + e.getMessage());
        }
    }

    /** The call's thread leaves. */
    void leave() {
        try {
            if (isHere()) {
                here.transactions().suspend();
            }
        } catch (SystemException | IllegalStateException e) {
            story().log(Level.WARNING, "a call could not leave: " + e);
        }
        if (callsBack.remove(Thread.currentThread())) {
            calledBack(false);
        }
        presence.leave();
    }

    /** False if the application has ended the transaction itself: what it has begun since is its own, or its container's, to end. */
    final boolean isHere() throws SystemException {
        Transaction current = here.transactions().getTransaction();
        return current != null && current.equals(transaction());
    }

    synchronized boolean isCaller(Peer peer) {
        return lastCalls.containsKey(peer.name());
    }

    /** {@return the transaction's id as JTS named it, or empty as long as nothing is enlisted} */
    String globalId() {
        return remotes().stream().map(Remote::globalId).findFirst().orElse("");
    }

    /** Whether nothing is left to be done here. Where a flow began that is when JTS has told each server called its last word. */
    boolean isOver() {
        return remotes().stream().allMatch(Remote::isOver);
    }

    /** {@return whether the flow may still be committed, so that a holder must wait} */
    boolean isUndecided() {
        return !isOver();
    }

    /**
     * Finds what stands for a server in this transaction.
     *
     * @param peer the server
     * @param added made if it was not called before
     */
    final synchronized Remote remote(Peer peer, Remote added) {
        return remotes.computeIfAbsent(peer.name(), first -> added);
    }

    final synchronized Optional<Remote> remote(String peer) {
        return Optional.ofNullable(remotes.get(peer));
    }

    final synchronized List<Remote> remotes() {
        return List.copyOf(remotes.values());
    }

    final synchronized void forsake(Remote remote) {
        remotes.values().remove(remote);
    }

    /** A server asked by one whose vote it awaits must not wait for it (FLOW-DESIGN, section 15, row 20). */
    final boolean isAwaitingVoteOf(Peer peer) {
        return remote(peer.name()).filter(Remote::isAwaitingVote).isPresent();
    }

    /** One budget for all votes, so that the holder's patience outlasts the first phase (FLOW-DESIGN, section 15, row 18). */
    final synchronized Deadline phaseOne() {
        if (phaseOne == null) {
            phaseOne =
                    Deadline.in(here.settings().patience().minus(here.settings().answerTimeout()));
        }
        return phaseOne;
    }

    /**
     * Databases were named by this server or one that it called.
     *
     * @return whether no two clones have met
     */
    final boolean name(Collection<KnownDatabase> named) {
        Optional<ParticipantId> twice = databases.add(named);
        twice.ifPresent(id -> story().log(
                        Level.WARNING,
                        id + " was named with two start times: two clones, or it was restarted; rollback only"));
        return twice.isEmpty();
    }

    /** {@return the databases that the caller is told of} */
    Set<KnownDatabase> named() {
        return databases.all();
    }

    /** The transaction can only be rolled back. */
    final void doom(String why) {
        story().log(Level.INFO, "rollback only: " + why);
        try {
            transaction().setRollbackOnly();
        } catch (SystemException | IllegalStateException e) {
            story().log(Level.DEBUG, "it is not active any more: " + e);
        }
    }

    /** Whether the log has not had this sentence yet. */
    final boolean isNews(String sentence) {
        return sayings.add(sentence);
    }

    final Story story() {
        return storyWith("");
    }

    final Story storyWith(String peer) {
        return new Story(this, handle.toString(), peer);
    }

    @Override
    public String toString() {
        return "flow " + id;
    }
}
