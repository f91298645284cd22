package dev.lockstep.tests.flow;

import dev.lockstep.tests.flow.Link.Moment;
import dev.lockstep.tests.flow.Machines.Way;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One field of the matrix.
 *
 * @param point when
 * @param victim who
 * @param then the second strike, which falls while the first victim is away; mostly none
 */
record FlowCell(FlowPoint point, FlowVictim victim, Optional<FlowCell> then) {

    private static final Way TO_PRODUCT = new Way(Role.CLIENT, Role.PRODUCT);
    private static final Way TO_ORDER = new Way(Role.CLIENT, Role.ORDER);
    private static final Way ON = new Way(Role.ORDER, Role.PRODUCT);

    /** All of them. */
    static Stream<FlowCell> all() {
        Stream<FlowCell> single = FlowPoint.all().flatMap(point -> Arrays.stream(FlowVictim.values())
                .filter(victim -> victim.isOfItsOwnIn(point.shape()))
                .map(victim -> cell(point, victim)));
        return Stream.concat(single, twiceInARow());
    }

    /** Those that every build runs: each side of the decision, and what comes twice. Three machines are enough for them. */
    static Stream<FlowCell> telling() {
        return Stream.of(
                star(TO_ORDER, Kind.WORK, Moment.BEFORE_DELIVERY, FlowVictim.LINK_DUPLICATED),
                star(TO_ORDER, Kind.PREPARE, Moment.BEFORE_ANSWER, FlowVictim.LINK_CUT),
                star(TO_ORDER, Kind.COMMIT, Moment.BEFORE_DELIVERY, FlowVictim.CALLER_KILLED));
    }

    /** The second strike falls at the question of whoever was left in doubt by the first. */
    private static Stream<FlowCell> twiceInARow() {
        Stream<FlowCell> star = Stream.of(
                        star(TO_PRODUCT, Kind.COMMIT, Moment.BEFORE_ANSWER, FlowVictim.CALLER_KILLED),
                        star(TO_ORDER, Kind.PREPARE, Moment.BEFORE_ANSWER, FlowVictim.CALLER_KILLED))
                .flatMap(first -> first.then(
                        ON, Kind.DECISIONS, FlowVictim.HOLDER_KILLED, FlowVictim.FOLLOWER_KILLED, FlowVictim.LINK_CUT));
        FlowPoint vote = new FlowPoint(Shape.CHAIN, ON, Kind.PREPARE, Moment.BEFORE_ANSWER);
        Stream<FlowCell> chain = cell(vote, FlowVictim.HOLDER_KILLED)
                .then(ON.back(), Kind.DECISIONS, FlowVictim.FOLLOWER_KILLED, FlowVictim.LINK_CUT);
        Stream<FlowCell> alive = star(TO_ORDER, Kind.PREPARE, Moment.BEFORE_ANSWER, FlowVictim.CALLER_STOPPED)
                .thenBefore( // whoever is stopped answers nothing
                        Moment.BEFORE_DELIVERY,
                        TO_PRODUCT.back(),
                        Kind.ALIVE,
                        FlowVictim.CALLER_KILLED,
                        FlowVictim.HOLDER_KILLED);
        return Stream.of(star, chain, alive).flatMap(cells -> cells);
    }

    private static FlowCell star(Way way, Kind kind, Moment moment, FlowVictim victim) {
        return cell(new FlowPoint(Shape.STAR, way, kind, moment), victim);
    }

    private static FlowCell cell(FlowPoint point, FlowVictim victim) {
        return new FlowCell(point, victim, Optional.empty());
    }

    private Stream<FlowCell> then(Way way, Kind kind, FlowVictim... victims) {
        return Arrays.stream(Moment.values()).flatMap(moment -> thenBefore(moment, way, kind, victims));
    }

    private Stream<FlowCell> thenBefore(Moment moment, Way way, Kind kind, FlowVictim... victims) {
        FlowPoint second = new FlowPoint(point.shape(), way, kind, moment);
        return Arrays.stream(victims).map(next -> new FlowCell(point, victim, Optional.of(cell(second, next))));
    }

    /** {@return who is struck, in turn} */
    List<FlowVictim> victims() {
        return Stream.concat(Stream.of(victim), then.stream().map(FlowCell::victim))
                .toList();
    }

    @Override
    public String toString() {
        return point + ": " + victim + then.map(next -> "; then " + next).orElse("");
    }
}
