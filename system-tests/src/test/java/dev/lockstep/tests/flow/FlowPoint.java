package dev.lockstep.tests.flow;

import dev.lockstep.tests.flow.Link.Moment;
import dev.lockstep.tests.flow.Machines.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a flow is stopped.
 *
 * @param shape who calls whom
 * @param way on which way
 * @param kind at which message
 * @param moment before its delivery, or before its answer
 */
record FlowPoint(Shape shape, Way way, Kind kind, Moment moment) {

    private static final List<Kind> EVERYWHERE = List.of(Kind.WORK, Kind.PREPARE, Kind.COMMIT, Kind.ROLLBACK);

    /** All of them: each message on each way of each shape, at both moments. */
    static Stream<FlowPoint> all() {
        List<FlowPoint> points = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (Way way : shape.ways()) {
                for (Kind kind : EVERYWHERE) {
                    addBoth(points, shape, way, kind);
                }
                if (shape.leadsToHolder(way)) {
                    addBoth(points, shape, way, Kind.FORGET);
                }
            }
        }
        return points.stream();
    }

    private static void addBoth(List<FlowPoint> points, Shape shape, Way way, Kind kind) {
        for (Moment moment : Moment.values()) {
            points.add(new FlowPoint(shape, way, kind, moment));
        }
    }

    /** Whether the caller gives up after all its calls, so that there is something to roll back. */
    boolean isOfARollback() {
        return kind == Kind.ROLLBACK;
    }

    @Override
    public String toString() {
        return shape + ", " + kind + " " + way + " " + moment;
    }
}
