package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.Measures;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** What the participant measures, counted with the rest. Thread-safe. */
final class TalliedMeasures implements Measures {

    private final Map<ParticipantId, Map<Reason, Long>> keptIn = new HashMap<>();

    @Override
    public void waitedForSession(ParticipantId database, Duration howLong) {
        ServerFlows.tally().waited("pool " + database.name(), howLong);
    }

    @Override
    public synchronized void kept(ParticipantId database, Map<Reason, Long> rows) {
        keptIn.put(database, Map.copyOf(rows));
        Map<String, Long> all = new HashMap<>();
        keptIn.values().forEach(one -> one.forEach((reason, count) -> all.merge(reason.name(), count, Long::sum)));
        ServerFlows.tally().rowsKept(all);
    }
}
