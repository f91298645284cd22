package dev.lockstep.tests.flow;

import dev.lockstep.tests.killmatrix.DatabaseServer;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
    CALLER_STOPPED(Shape::caller, "caller", 3),
    HOLDER_STOPPED(Shape::holder, "holder", 3),
    FOLLOWER_STOPPED(Shape::follower, "follower", 3),
    /** Longer than the holder's patience: it is back when all is decided without it. */
    CALLER_STOPPED_LONG(Shape::caller, "caller", 13),
    PRODUCT_DATABASE("product database stopped", List.of(Role.PRODUCT), DatabaseServer::stopImmediately),
    ORDERS_DATABASE("orders database stopped", List.of(Role.ORDER), DatabaseServer::stopImmediately),
    BOTH_DATABASES("both databases stopped", List.of(Role.PRODUCT, Role.ORDER), DatabaseServer::stopImmediately),
    /** SIGKILL for all processes of both servers. */
    BOTH_DATABASES_KILLED("both databases without power", List.of(Role.PRODUCT, Role.ORDER), DatabaseServer::kill),
    /** Nobody is left who knows the decision, until the database is back. */
    CALLER_AND_DATABASE(
            "caller killed, and the holder's database",
            1_000,
            1,
            (machines, point) -> {
                machines.get(point.shape().caller()).kill();
                machines.database(point.shape().holder()).kill();
            },
            (machines, point) -> {
                machines.database(point.shape().holder()).bringBack();
                machines.get(point.shape().caller()).bringBack();
            },
            (machines, point) -> {
                machines.database(point.shape().holder()).awaitBack();
                machines.get(point.shape().caller()).awaitBack();
            }),
    LINK_CUT(Weather.CUT),
    LINK_SILENT(Weather.SILENT),
    LINK_STALLED(Weather.STALLED),
    LINK_SLOW(Weather.SLOW),
    LINK_LOSSY(Weather.LOSSY),
    LINK_ONE_WAY(Weather.ONE_WAY),
    LINK_DUPLICATED(Weather.DUPLICATED),
    LINK_REORDERED(Weather.REORDERED),
    /** Longer than the holder's patience. */
    LINK_SILENT_LONG("link silent for 13 s", Weather.SILENT, 13),
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
    FlowVictim(Function<Shape, Role> who, String role, int seconds) {
        this(
                role + " stopped for " + seconds + " s",
                1_000 * seconds,
                1,
                (machines, point) -> machines.get(who.apply(point.shape())).freeze(),
                (machines, point) -> machines.get(who.apply(point.shape())).thaw(),
                (machines, point) -> {});
    }

    /** Without a checkpoint; every connection breaks. */
    FlowVictim(String title, List<Role> whose, Consumer<DatabaseServer> end) {
        this(
                title,
                1_000,
                1,
                (machines, point) -> whose.forEach(role -> end.accept(machines.database(role))),
                (machines, point) ->
                        whose.forEach(role -> machines.database(role).bringBack()),
                (machines, point) ->
                        whose.forEach(role -> machines.database(role).awaitBack()));
    }

    /** The way on which the flow is stopped; both ways, if it is the cable. */
    FlowVictim(String title, Weather weather, int seconds) {
        this(
                title,
                1_000 * seconds,
                1,
                (machines, point) -> machines.weather(point.way(), weather),
                (machines, point) -> machines.weather(point.way(), Weather.FAIR),
                (machines, point) -> {});
    }

    FlowVictim(Weather weather) {
        this("link " + weather, weather, 3);
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
        return title.contains("database");
    }

    /** Whether it means something else there than another victim. */
    boolean isOfItsOwnIn(Shape shape) {
        return switch (this) {
            case MIDDLE_KILLED -> shape.middle() == Role.ROUTER;
            case CALLER_KILLED, CALLER_STOPPED, CALLER_STOPPED_LONG, CALLER_AND_HOLDER_KILLED, CALLER_AND_DATABASE ->
                shape.caller() != shape.holder();
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
