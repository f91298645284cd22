package dev.lockstep.flow.registry;

import dev.lockstep.participant.flow.Outcome;
import jakarta.transaction.Synchronization;

/** Where a flow began: when JTS has ended it, the holder is told that its decision is needed here no more (F10). */
final class Completion implements Synchronization {

    private final Flow flow;
    private final Registry registry;
    private final Farewells farewells;

    Completion(Flow flow, Registry registry, Farewells farewells) {
        this.flow = flow;
        this.registry = registry;
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
        for (Remote remote : flow.remotes()) {
            remote.held()
                    .filter(held -> remote.branch().outcome() == Outcome.COMMIT)
                    .ifPresent(held -> farewells.add(
                            remote,
                            held.commitPoint(),
                            held.decision(),
                            remote.branch().isAllDone()));
        }
        registry.remove(flow);
    }
}
