package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.FlowEvent.Direction;
import dev.lockstep.flow.observe.FlowEvent.Kind;
import dev.lockstep.flow.observe.FlowEvent.Result;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.NoAnswerException;
import dev.lockstep.flow.wire.Outbox;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What holders are to be told: that their superior needs decisions no more (F10). Batches go out once a second. What a holder does not hear
 * in a few attempts its retention lets go. Thread-safe.
 */
final class Farewells {

    /** The most ids of a message. */
    static final int BATCH = 100;

    private static final Logger LOG = System.getLogger(Farewells.class.getName());
    private static final int ATTEMPTS = 30;
    private static final int WAITING_MAX = 100_000;

    private final Outbox outbox;
    private final Duration limit;
    private final Map<Batch, List<Farewell>> waiting = new LinkedHashMap<>();
    private int size;

    Farewells(Outbox outbox, Duration limit) {
        this.outbox = outbox;
        this.limit = limit;
    }

    /** What one message is about. */
    private record Batch(String peer, ParticipantId commitPoint, boolean areDone) {}

    private record Farewell(Remote holder, GlobalId decision, int attempt) {}

    void add(Remote holder, ParticipantId commitPoint, GlobalId decision, boolean isDone) {
        add(new Batch(holder.peer().name(), commitPoint, isDone), new Farewell(holder, decision, 1));
    }

    private synchronized void add(Batch batch, Farewell farewell) {
        if (size < WAITING_MAX && farewell.attempt() <= ATTEMPTS) {
            waiting.computeIfAbsent(batch, first -> new ArrayList<>()).add(farewell);
            size++;
        }
    }

    /** Sends all that wait. */
    void send() {
        for (Map.Entry<Batch, List<Farewell>> batch : take().entrySet()) {
            List<Farewell> all = batch.getValue();
            for (int from = 0; from < all.size(); from += BATCH) {
                send(batch.getKey(), all.subList(from, Math.min(from + BATCH, all.size())));
            }
        }
    }

    private synchronized Map<Batch, List<Farewell>> take() {
        Map<Batch, List<Farewell>> taken = new LinkedHashMap<>(waiting);
        waiting.clear();
        size = 0;
        return taken;
    }

    private void send(Batch batch, List<Farewell> farewells) {
        List<GlobalId> ids = farewells.stream().map(Farewell::decision).toList();
        Peer holder = farewells.get(0).holder().peer();
        farewells.forEach(one -> one.holder().story().before(Kind.FORGET, Direction.OUT, ""));
        try {
            Waiting.answer(
                    outbox.send(holder, new Message.Forget(batch.commitPoint(), ids, batch.areDone()), limit), limit);
            farewells.forEach(one -> one.holder().story().after(Kind.FORGET, Direction.OUT, Result.DONE, ""));
        } catch (NoAnswerException e) {
            LOG.log(Level.DEBUG, "{0} of {1} decisions to {2}: {3}", Kind.FORGET, ids.size(), holder, e.getMessage());
            farewells.forEach(one -> {
                String why = String.valueOf(e.getMessage());
                one.holder().story().after(Kind.FORGET, Direction.OUT, Result.NO_ANSWER, why);
                add(batch, new Farewell(one.holder(), one.decision(), one.attempt() + 1));
            });
        }
    }

    synchronized int waiting() {
        return size;
    }
}
