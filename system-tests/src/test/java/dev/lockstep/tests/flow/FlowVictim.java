package dev.lockstep.tests.flow;

import dev.lockstep.tests.killmatrix.DatabaseServer;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** What is struck, how, for how long, and what brings it back. */
@SuppressWarnings("ImmutableEnumChecker") // its functions have no state
enum FlowVictim {
    CALLER_KILLED("caller killed", shape -> List.of(shape.caller())),
    HOLDER_KILLED("holder killed", shape -> List.of(shape.holder())),
    FOLLOWER_KILLED("follower killed", shape -> List.of(shape.follower())),
    MIDDLE_KILLED("middle killed", shape -> List.of(shape.middle())),
    CALLER_AND_HOLDER_KILLED("caller and holder killed", FlowVictim::callerAndHolder),
    HOLDER_KILLED_TWICE("holder killed twice", shape -> List.of(shape.holder()), 2),
    FOLLOWER_KILLED_TWICE("follower killed twice", shape -> List.of(shape.follower()), 2),
    CALLER_STOPPED(Shape::caller, "caller stopped for 3 s"),
    HOLDER_STOPPED(Shape::holder, "holder stopped for 3 s"),
    FOLLOWER_STOPPED(Shape::follower, "follower stopped for 3 s"),
    PRODUCT_DATABASE("product database stopped", List.of(Role.PRODUCT)),
    ORDERS_DATABASE("orders database stopped", List.of(Role.ORDER)),
    BOTH_DATABASES("both databases stopped", List.of(Role.PRODUCT, Role.ORDER)),
    LINK_CUT(Weather.CUT),
    LINK_SILENT(Weather.SILENT),
    LINK_STALLED(Weather.STALLED),
    LINK_SLOW(Weather.SLOW),
    LINK_LOSSY(Weather.LOSSY),
    LINK_ONE_WAY(Weather.ONE_WAY),
    LINK_DUPLICATED(Weather.DUPLICATED),
    LINK_REORDERED(Weather.REORDERED),
    /** SIGKILL for all that the shape needs. */
    POWER_CUT("power cut", 500, 1, FlowVictim::killAll, FlowVictim::bringAllBack, FlowVictim::awaitAll);

    private final String title;
    private final Duration absence;
    private final int strikes;
    private final BiConsumer<Machines, FlowPoint> strike;
    private final BiConsumer<Machines, FlowPoint> bringBack;
    private final BiConsumer<Machines, FlowPoint> awaitBack;

    FlowVictim(
            String title,
            int absenceMillis,
            int strikes,
            BiConsumer<Machines, FlowPoint> strike,
            BiConsumer<Machines, FlowPoint> bringBack,
            BiConsumer<Machines, FlowPoint> awaitBack) {
        this.title = title;
        this.absence = Duration.ofMillis(absenceMillis);
        this.strikes = strikes;
        this.strike = strike;
        this.bringBack = bringBack;
        this.awaitBack = awaitBack;
    }

    /** SIGKILL. */
    FlowVictim(String title, Function<Shape, List<Role>> who, int strikes) {
        this(
                title,
                500,
                strikes,
                (machines, point) -> who.apply(point.shape())
                        .forEach(role -> machines.get(role).kill()),
                (machines, point) -> who.apply(point.shape())
                        .forEach(role -> machines.get(role).bringBack()),
                (machines, point) -> who.apply(point.shape())
                        .forEach(role -> machines.get(role).awaitBack()));
    }

    FlowVictim(String title, Function<Shape, List<Role>> who) {
        this(title, who, 1);
    }

    /** SIGSTOP and SIGCONT: it seems dead, and is not. */
    FlowVictim(Function<Shape, Role> who, String title) {
        this(
                title,
                3_000,
                1,
                (machines, point) -> machines.get(who.apply(point.shape())).freeze(),
                (machines, point) -> machines.get(who.apply(point.shape())).thaw(),
                (machines, point) -> {});
    }

    /** An immediate stop: no checkpoint, every connection breaks. */
    FlowVictim(String title, List<Role> whose) {
        this(
                title,
                1_000,
                1,
                (machines, point) ->
                        whose.forEach(role -> machines.database(role).stopImmediately()),
                (machines, point) ->
                        whose.forEach(role -> machines.database(role).bringBack()),
                (machines, point) ->
                        whose.forEach(role -> machines.database(role).awaitBack()));
    }

    /** The way on which the flow is stopped. */
    FlowVictim(Weather weather) {
        this(
                "link " + weather,
                3_000,
                1,
                (machines, point) -> machines.link(point.way()).become(weather),
                (machines, point) -> machines.link(point.way()).heal(),
                (machines, point) -> {});
    }

    private static List<Role> callerAndHolder(Shape shape) {
        return Stream.of(shape.caller(), shape.holder()).distinct().toList();
    }

    private static void killAll(Machines machines, FlowPoint point) {
        machines.all().forEach(Machine::kill);
        machines.databases().forEach(DatabaseServer::kill);
    }

    private static void bringAllBack(Machines machines, FlowPoint point) {
        machines.databases().forEach(DatabaseServer::bringBack);
        machines.databases().forEach(DatabaseServer::awaitBack);
        machines.all().forEach(Machine::bringBack);
    }

    private static void awaitAll(Machines machines, FlowPoint point) {
        machines.all().forEach(Machine::awaitBack);
    }

    /** Whether somebody's process ends, so that a decision may stay until its retention is over. */
    boolean isAProcessKilled() {
        return this == POWER_CUT || title.contains("killed");
    }

    /** Whether a database is away, so that somebody cannot say at once that all is done. */
    boolean isADatabase() {
        return this == PRODUCT_DATABASE || this == ORDERS_DATABASE || this == BOTH_DATABASES;
    }

    /** Whether it means something else there than another victim. */
    boolean isOfItsOwnIn(Shape shape) {
        return switch (this) {
            case MIDDLE_KILLED -> shape == Shape.ROUTER;
            case CALLER_KILLED, CALLER_STOPPED, CALLER_AND_HOLDER_KILLED -> shape.caller() != shape.holder();
            default -> true;
        };
    }

    Duration absence() {
        return absence;
    }

    int strikes() {
        return strikes;
    }

    void strike(Machines machines, FlowPoint point) {
        strike.accept(machines, point);
    }

    void bringBack(Machines machines, FlowPoint point) {
        bringBack.accept(machines, point);
    }

    /** Waits until it does its work again; from then on its healing is timed. */
    void awaitBack(Machines machines, FlowPoint point) {
        awaitBack.accept(machines, point);
    }

    @Override
    public String toString() {
        return title;
    }
}
