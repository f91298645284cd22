package dev.lockstep.flow.registry;

import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.flow.Order;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Vote;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A subordinate's vote, and what it has heard of the decision. Messages write it, the gate waits for it. The first decision stays. Thread-safe.
 */
final class Ballot {

    private final CompletableFuture<Reply> vote = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Set<String> askers = new HashSet<>();
    private Order order;
    private Peer asker;
    private Outcome decision = Outcome.UNKNOWN;
    private boolean isRollbackWished;
    private String reason = "";

    /** The first who asks fixes the role. */
    synchronized void ask(Peer from, Order what) {
        askers.add(from.name());
        if (order == null) {
            order = what;
            asker = from;
        }
    }

    /** {@return as what to prepare; empty if nobody has asked} */
    synchronized Optional<Order> order() {
        return Optional.ofNullable(order);
    }

    /** {@return who asked first} */
    synchronized Peer asker() {
        return asker;
    }

    synchronized boolean isHolder() {
        return order instanceof Order.Hold;
    }

    /** A holder obeys whose hold it answered; a follower any of those who asked it. */
    synchronized boolean mayCommit(Peer from) {
        return isHolder() ? asker.name().equals(from.name()) : askers.contains(from.name());
    }

    boolean isVotedYes() {
        return vote.getNow(null) instanceof Reply.Voted voted && voted.vote() instanceof Vote.Prepared;
    }

    boolean isVotedNo() {
        return vote.getNow(null) instanceof Reply.VotedNo;
    }

    boolean isVoted() {
        return vote.isDone();
    }

    void voted(Reply reply) {
        vote.complete(reply);
    }

    CompletableFuture<Reply> vote() {
        return vote;
    }

    void ended() {
        end.complete(null);
    }

    CompletableFuture<Void> end() {
        return end;
    }

    /**
     * Decides, unless that was done.
     *
     * @param outcome not UNKNOWN
     * @param why for people
     * @return the decision
     */
    synchronized Outcome decide(Outcome outcome, String why) {
        if (decision == Outcome.UNKNOWN) {
            decision = outcome;
            reason = why;
            notifyAll();
        }
        return decision;
    }

    /** The superior rolls back. Whoever holds, or has not voted, believes it; a follower asks at once (F5a). */
    synchronized void rollbackHeard(String why) {
        isRollbackWished = true;
        if (order == null || isHolder()) {
            decide(Outcome.ROLLBACK, why);
        }
        notifyAll();
    }

    synchronized boolean isRollbackWished() {
        return isRollbackWished;
    }

    synchronized String reason() {
        return reason;
    }

    synchronized Outcome decision() {
        return decision;
    }

    /**
     * Waits for a decision, and for nothing else: an interrupt does not end it.
     *
     * @param limit how long
     * @return it, or UNKNOWN
     */
    synchronized Outcome await(Duration limit) {
        Deadline deadline = Deadline.in(limit);
        boolean isInterrupted = false;
        while (decision == Outcome.UNKNOWN && !deadline.isOver() && !isAskedToAsk()) {
            try {
                TimeUnit.NANOSECONDS.timedWait(this, deadline.left().toNanos());
            } catch (InterruptedException e) {
                isInterrupted = true;
            }
        }
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
        return decision;
    }

    /** Once: who was told of a rollback asks at once, then again at its own pace. */
    private boolean isAskedToAsk() {
        boolean isAsked = isRollbackWished && !isHolder();
        isRollbackWished = isRollbackWished && isHolder();
        return isAsked;
    }
}
