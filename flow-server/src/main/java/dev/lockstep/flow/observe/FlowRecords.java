package dev.lockstep.flow.observe;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Knows where to ask what other servers have recorded of a flow. Thread-safe, and waits for nobody. */
@FunctionalInterface
public interface FlowRecords {

    /** Without peers there is nobody to ask. */
    FlowRecords NONE = flow -> CompletableFuture.completedFuture(List.of());

    /**
     * Asks the other servers of a flow, each for its own events.
     *
     * @param flow the flow
     * @return a record for each server that is known to take part, this one not included; those that cannot be asked are missing
     */
    CompletionStage<List<FlowRecord>> ofOthers(UUID flow);
}
