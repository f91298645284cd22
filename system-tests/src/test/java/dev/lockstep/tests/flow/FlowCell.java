package dev.lockstep.tests.flow;

import dev.lockstep.tests.flow.Link.Moment;
import dev.lockstep.tests.flow.Machines.Way;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * One field of the matrix.
 *
 * @param point when
 * @param victim who
 */
record FlowCell(FlowPoint point, FlowVictim victim) {

    private static final Way TO_PRODUCT = new Way(Role.CLIENT, Role.PRODUCT);
    private static final Way TO_ORDER = new Way(Role.CLIENT, Role.ORDER);

    /** All of them. */
    static Stream<FlowCell> all() {
        return FlowPoint.all().flatMap(point -> Arrays.stream(FlowVictim.values())
                .filter(victim -> victim.isOfItsOwnIn(point.shape()))
                .map(victim -> new FlowCell(point, victim)));
    }

    /** Those that every build runs: each side of the decision, and what comes twice. Three machines are enough for them. */
    static Stream<FlowCell> telling() {
        return Stream.of(
                star(TO_ORDER, Kind.WORK, Moment.BEFORE_DELIVERY, FlowVictim.LINK_DUPLICATED),
                star(TO_ORDER, Kind.PREPARE, Moment.BEFORE_ANSWER, FlowVictim.LINK_CUT),
                star(TO_PRODUCT, Kind.COMMIT, Moment.BEFORE_ANSWER, FlowVictim.HOLDER_KILLED),
                star(TO_ORDER, Kind.COMMIT, Moment.BEFORE_DELIVERY, FlowVictim.CALLER_KILLED));
    }

    private static FlowCell star(Way way, Kind kind, Moment moment, FlowVictim victim) {
        return new FlowCell(new FlowPoint(Shape.STAR, way, kind, moment), victim);
    }

    @Override
    public String toString() {
        return point + ": " + victim;
    }
}
