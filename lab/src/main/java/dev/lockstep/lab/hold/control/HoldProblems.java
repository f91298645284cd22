package dev.lockstep.lab.hold.control;

import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.Problem;
import java.util.List;
import java.util.UUID;

/** The errors of holds; the OpenAPI document lists the same types. */
public final class HoldProblems {

    private HoldProblems() {}

    /** {@return 409, when as many orders are held as may be} */
    static Problem tooMany() {
        return new Problem(
                "too-many-holds",
                409,
                "Too many holds",
                "At most " + Holds.HELD_MAX + " orders may be held at a time; end one, or wait for its end");
    }

    /**
     * There is no such hold.
     *
     * @param id what was asked for
     * @return 404
     */
    public static Problem noSuchHold(UUID id) {
        return new Problem(
                "no-such-hold", 404, "No such hold", "No order is held under " + id + ", nor was one lately");
    }

    /**
     * It cannot be ended.
     *
     * @param hold which
     * @return 409
     */
    public static Problem notHeld(Hold hold) {
        return new Problem("not-held", 409, "Not held", "Hold " + hold.id() + " is " + hold.state() + ", not HELD");
    }

    /** {@return 400: on a server without a database nothing is prepared} */
    static Problem notPreparedHere() {
        return HttpProblems.invalidRequest(List.of(new InvalidField(
                "at",
                "must be WORK here: the branches are prepared at the services, and this server has no database")));
    }
}
