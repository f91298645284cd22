package dev.lockstep.flow.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts, and remembers when each peer was heard of. The parts of this module tell it; {@link ServerFlows#tally} has it. Thread-safe. */
public final class FlowTally {

    private final Map<String, PeerContact> contacts = new HashMap<>();
    private final Map<Refusal, Long> refusals = new EnumMap<>(Refusal.class);
    private final Map<String, FlowCounters.Waits> waits = new HashMap<>();
    private Map<String, Long> rowsKept = Map.of();
    private FlowCounters.Waits parked = FlowCounters.Waits.NONE;
    private long patienceRollbacks;
    private long inDoubtAnswers;

    FlowTally() {}

    /**
     * A peer has sent a message or an answer with a good signature.
     *
     * @param peer its name
     * @param when now
     */
    public synchronized void heard(String peer, Instant when) {
        PeerContact known = contact(peer);
        contacts.put(peer, new PeerContact(peer, Optional.of(when), known.failed(), known.reason(), known.skew()));
    }

    /**
     * A peer has given no answer that is a fact.
     *
     * @param peer its name
     * @param when now
     * @param reason what came instead
     */
    public synchronized void unanswered(String peer, Instant when, String reason) {
        PeerContact known = contact(peer);
        contacts.put(peer, new PeerContact(peer, known.heard(), Optional.of(when), reason, known.skew()));
    }

    /**
     * A peer's signature told its time.
     *
     * @param peer its name, as it is in the peers file
     * @param skew by how much it is ahead of this server
     */
    public synchronized void skew(String peer, Duration skew) {
        PeerContact known = contact(peer);
        contacts.put(peer, new PeerContact(peer, known.heard(), known.failed(), known.reason(), Optional.of(skew)));
    }

    /**
     * A message or a call was refused.
     *
     * @param why for which reason
     */
    public synchronized void refused(Refusal why) {
        refusals.merge(why, 1L, Long::sum);
    }

    /**
     * Somebody had to wait for a thread of a lane, or for a connection of a pool.
     *
     * @param whom {@code lane work}, {@code lane decisions}, {@code pool product} and so on: few names
     * @param howLong until it came, or was given up
     */
    public synchronized void waited(String whom, Duration howLong) {
        waits.merge(whom, FlowCounters.Waits.NONE.plus(howLong), (known, one) -> known.plus(howLong));
    }

    /**
     * A gate has heard the decision.
     *
     * @param howLong it was parked since its vote
     */
    public synchronized void parked(Duration howLong) {
        parked = parked.plus(howLong);
    }

    /**
     * Decision rows are kept.
     *
     * @param byReason how many for which reason; all of them now
     */
    public synchronized void rowsKept(Map<String, Long> byReason) {
        rowsKept = Map.copyOf(byReason);
    }

    synchronized void count(FlowEvent event) {
        if (event.kind() == FlowEvent.Kind.PATIENCE && event.result() == FlowEvent.Result.ROLLBACK) {
            patienceRollbacks++;
        }
        if (event.kind() == FlowEvent.Kind.IN_DOUBT) {
            inDoubtAnswers++;
        }
    }

    synchronized List<PeerContact> contacts(List<String> peers) {
        return peers.stream().map(this::contact).toList();
    }

    synchronized FlowCounters counters() {
        return new FlowCounters(patienceRollbacks, inDoubtAnswers, parked, refusals, rowsKept, waits);
    }

    private PeerContact contact(String peer) {
        return contacts.getOrDefault(
                peer, new PeerContact(peer, Optional.empty(), Optional.empty(), "", Optional.empty()));
    }
}
