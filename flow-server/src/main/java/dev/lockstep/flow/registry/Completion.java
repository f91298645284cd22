package dev.lockstep.flow.registry;

import dev.lockstep.participant.flow.Outcome;
import jakarta.transaction.Synchronization;

/** Where a flow began: when JTS has ended it, and all is done, the holder is told that its decision is needed here no more (F10). */
final class Completion implements Synchronization {

    private final Flow flow;
    private final Registry registry;
    private final Reminders reminders;
    private final Farewells farewells;

    Completion(Flow flow, Registry registry, Reminders reminders, Farewells farewells) {
        this.flow = flow;
        this.registry = registry;
        this.reminders = reminders;
        this.farewells = farewells;
    }

    /** A call back whose call had no answer would go on beside what is being prepared. */
    @Override
    public void beforeCompletion() {
        if (!flow.presence().close()) {
            flow.doom("a call back is still at work");
        }
    }

    @Override
    public void afterCompletion(int status) {
        reminders.committed(flow, this::bidFarewell);
        registry.remove(flow);
    }

    private void bidFarewell() {
        for (Remote remote : flow.remotes()) {
            remote.held()
                    .filter(held -> remote.branch().outcome() == Outcome.COMMIT)
                    .ifPresent(held -> farewells.add(
                            remote.peer(),
                            held.commitPoint(),
                            held.decision(),
                            remote.branch().isAllDone()));
        }
    }
}
