package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.Refusal;
import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.flow.server.FlowRefusedException;

/** Counts refusals, and gives each its status and problem type. */
final class Refused {

    private static final int CONFLICT = 409;

    private Refused() {}

    static FlowRefusedException of(Refusal why, String detail) {
        return of(why, CONFLICT, detail);
    }

    static FlowRefusedException of(Refusal why, int status, String detail) {
        count(why);
        return new FlowRefusedException(status, "flow-refused", detail);
    }

    static FlowRefusedException tooMany(String detail) {
        count(Refusal.TOO_MANY);
        return new FlowRefusedException(503, "flow-too-many", detail);
    }

    static FlowRefusedException malformed(String detail) {
        count(Refusal.MALFORMED);
        return new FlowRefusedException(400, "flow-not-understood", detail);
    }

    static void count(Refusal why) {
        ServerFlows.tally().refused(why);
    }
}
