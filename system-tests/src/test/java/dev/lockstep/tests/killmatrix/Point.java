package dev.lockstep.tests.killmatrix;

import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import java.util.Optional;

/**
 * A point at which a victim is struck. An order's transaction touches the product database first, so the commit point (C0) is there, and
 * the follower (F1) is in the orders database. A ticket has a transaction in each, with one branch (C0), both in one worker's thread.
 */
enum Point {
    BEFORE_WORK("before the work", Kind.START, Moment.BEFORE, "product C0"),
    AFTER_PRODUCT_WORK("stock taken, order not yet written", Kind.START, Moment.BEFORE, "orders F1"),
    AFTER_ORDERS_WORK("order written, work not yet ended", Kind.END, Moment.BEFORE, "* *"),
    BEFORE_PREPARE_PRODUCT("before prepare in product", Kind.PREPARE, Moment.BEFORE, "product C0"),
    DURING_PREPARE_PRODUCT("prepared in product, answer lost", Kind.PREPARE, "product C0", "PREPARE TRANSACTION"),
    BETWEEN_PREPARES("after prepare in product", Kind.PREPARE, Moment.AFTER, "product C0"),
    BEFORE_PREPARE_ORDERS("before prepare in orders", Kind.PREPARE, Moment.BEFORE, "orders F1"),
    DURING_PREPARE_ORDERS("prepared in orders, answer lost", Kind.PREPARE, "orders F1", "PREPARE TRANSACTION"),
    AFTER_PREPARE_ORDERS("after prepare in orders", Kind.PREPARE, Moment.AFTER, "orders F1"),
    BEFORE_DECISION("before the commit point's commit", Kind.DECISION, Moment.BEFORE, "product C0"),
    DURING_DECISION("commit point committed, answer lost", Kind.DECISION, "product C0", "COMMIT PREPARED"),
    BETWEEN_COMMITS("after the commit point's commit", Kind.DECISION, Moment.AFTER, "product C0"),
    BEFORE_COMMIT_ORDERS("before the commit in orders", Kind.COMMIT, Moment.BEFORE, "orders F1"),
    DURING_COMMIT_ORDERS("orders committed, answer lost", Kind.COMMIT, "orders F1", "COMMIT PREPARED"),
    AFTER_LAST_COMMIT("after the last commit", Kind.COMMIT, Moment.AFTER, "orders F1"),
    BEFORE_FORGETTING("before the decision is forgotten", Kind.FORGET, Moment.BEFORE, "product C0"),
    RESOLVER_ROLLS_BACK("the resolver is about to roll back", AFTER_PREPARE_ORDERS, Kind.ROLLBACK, "product C0", 1),
    RESOLVER_ROLLS_BACK_TWICE(
            "the resolver is about to roll back, twice in a row", AFTER_PREPARE_ORDERS, Kind.ROLLBACK, "product C0", 2),
    RESOLVER_ROLLS_BACK_ORDERS(
            "the resolver is about to roll the follower back", AFTER_PREPARE_ORDERS, Kind.ROLLBACK, "orders F1", 1),
    RESOLVER_COMMITS("the resolver is about to commit", BETWEEN_COMMITS, Kind.COMMIT, "orders F1", 1),
    RESOLVER_COMMITS_TWICE("the same, twice in a row", BETWEEN_COMMITS, Kind.COMMIT, "orders F1", 2),
    SHARED_BEFORE_WORK(World.SHARED, "shared: before the work", Kind.START, Moment.BEFORE, "product C0"),
    SHARED_TAKEN(World.SHARED, "shared: stock taken, orders not written", Kind.START, Moment.BEFORE, "orders F1"),
    SHARED_WRITTEN(World.SHARED, "shared: orders written, work not ended", Kind.END, Moment.BEFORE, "* *"),
    SHARED_BEFORE_PREPARE_PRODUCT(
            World.SHARED, "shared: before prepare in product", Kind.PREPARE, Moment.BEFORE, "product C0"),
    SHARED_DURING_PREPARE_PRODUCT(
            World.SHARED,
            "shared: prepared in product, answer lost",
            Kind.PREPARE,
            "product C0",
            "PREPARE TRANSACTION"),
    SHARED_BETWEEN_PREPARES(World.SHARED, "shared: after prepare in product", Kind.PREPARE, Moment.AFTER, "product C0"),
    SHARED_BEFORE_PREPARE_ORDERS(
            World.SHARED, "shared: before prepare in orders", Kind.PREPARE, Moment.BEFORE, "orders F1"),
    SHARED_DURING_PREPARE_ORDERS(
            World.SHARED, "shared: prepared in orders, answer lost", Kind.PREPARE, "orders F1", "PREPARE TRANSACTION"),
    SHARED_AFTER_PREPARE_ORDERS(
            World.SHARED, "shared: after prepare in orders", Kind.PREPARE, Moment.AFTER, "orders F1"),
    SHARED_BEFORE_DECISION(
            World.SHARED, "shared: before the commit point's commit", Kind.DECISION, Moment.BEFORE, "product C0"),
    SHARED_DURING_DECISION(
            World.SHARED,
            "shared: commit point committed, answer lost",
            Kind.DECISION,
            "product C0",
            "COMMIT PREPARED"),
    SHARED_BETWEEN_COMMITS(
            World.SHARED, "shared: after the commit point's commit", Kind.DECISION, Moment.AFTER, "product C0"),
    SHARED_BEFORE_COMMIT_ORDERS(
            World.SHARED, "shared: before the commit in orders", Kind.COMMIT, Moment.BEFORE, "orders F1"),
    SHARED_DURING_COMMIT_ORDERS(
            World.SHARED, "shared: orders committed, answer lost", Kind.COMMIT, "orders F1", "COMMIT PREPARED"),
    SHARED_AFTER_LAST_COMMIT(World.SHARED, "shared: after the last commit", Kind.COMMIT, Moment.AFTER, "orders F1"),
    SHARED_BEFORE_FORGETTING(
            World.SHARED, "shared: before the decision is forgotten", Kind.FORGET, Moment.BEFORE, "product C0"),
    SHARED_RESOLVER_ROLLS_BACK(
            World.SHARED,
            "shared: the resolver is about to roll back",
            SHARED_AFTER_PREPARE_ORDERS,
            Kind.ROLLBACK,
            "product C0",
            1),
    SHARED_RESOLVER_ROLLS_BACK_TWICE(
            World.SHARED,
            "shared: the resolver is about to roll back, twice in a row",
            SHARED_AFTER_PREPARE_ORDERS,
            Kind.ROLLBACK,
            "product C0",
            2),
    SHARED_RESOLVER_ROLLS_BACK_ORDERS(
            World.SHARED,
            "shared: the resolver is about to roll the follower back",
            SHARED_AFTER_PREPARE_ORDERS,
            Kind.ROLLBACK,
            "orders F1",
            1),
    SHARED_RESOLVER_COMMITS(
            World.SHARED,
            "shared: the resolver is about to commit",
            SHARED_BETWEEN_COMMITS,
            Kind.COMMIT,
            "orders F1",
            1),
    SHARED_RESOLVER_COMMITS_TWICE(
            World.SHARED,
            "shared: the resolver is about to commit, twice in a row",
            SHARED_BETWEEN_COMMITS,
            Kind.COMMIT,
            "orders F1",
            2),
    TICKET_CLAIMED(World.TICKET, "ticket claimed, stock not taken", Kind.START, Moment.BEFORE, "product C0"),
    TICKET_BEFORE_TAKEN(World.TICKET, "ticket: before the commit in product", Kind.COMMIT, Moment.BEFORE, "product C0"),
    TICKET_TAKEN(World.TICKET, "ticket: stock taken, order not written", Kind.COMMIT, Moment.AFTER, "product C0"),
    TICKET_BEFORE_CALLED(World.TICKET, "ticket: before the commit in orders", Kind.COMMIT, Moment.BEFORE, "orders C0"),
    TICKET_CALLED(World.TICKET, "ticket called, its server does not know", Kind.COMMIT, Moment.AFTER, "orders C0");

    private final World world;
    private final String title;
    private final Kind kind;
    private final Moment moment;
    private final String branch;
    private final Optional<String> lostAnswer;
    private final Optional<Point> leftInDoubtAt;
    private final int strikes;

    Point(
            World world,
            String title,
            Kind kind,
            Moment moment,
            String branch,
            Optional<String> lostAnswer,
            Optional<Point> leftInDoubtAt,
            int strikes) {
        this.world = world;
        this.title = title;
        this.kind = kind;
        this.moment = moment;
        this.branch = branch;
        this.lostAnswer = lostAnswer;
        this.leftInDoubtAt = leftInDoubtAt;
        this.strikes = strikes;
    }

    /** Held by an event. */
    Point(String title, Kind kind, Moment moment, String branch) {
        this(World.ORDER, title, kind, moment, branch);
    }

    /** Held by an event. */
    Point(World world, String title, Kind kind, Moment moment, String branch) {
        this(world, title, kind, moment, branch, Optional.empty(), Optional.empty(), 1);
    }

    /** The database has carried a statement out, its answer is under way and will not arrive. */
    Point(String title, Kind kind, String branch, String lostAnswer) {
        this(World.ORDER, title, kind, branch, lostAnswer);
    }

    /** The database has carried a statement out, its answer is under way and will not arrive. */
    Point(World world, String title, Kind kind, String branch, String lostAnswer) {
        this(world, title, kind, Moment.BEFORE, branch, Optional.of(lostAnswer), Optional.empty(), 1);
    }

    /** Payara was killed at an earlier point; the next one's resolver is held. */
    Point(String title, Point leftInDoubtAt, Kind recovery, String branch, int strikes) {
        this(World.ORDER, title, leftInDoubtAt, recovery, branch, strikes);
    }

    /** Payara was killed at an earlier point; the next one's resolver is held. */
    Point(World world, String title, Point leftInDoubtAt, Kind recovery, String branch, int strikes) {
        this(world, title, recovery, Moment.BEFORE, branch, Optional.empty(), Optional.of(leftInDoubtAt), strikes);
    }

    /**
     * The step to hold. What the resolver does by its own, Payara's recovery does by XA.
     *
     * @param whose the transaction's global id, or for any of a thread {@code * thread}
     */
    String step(Participation participation, String whose) {
        boolean isResolver = leftInDoubtAt.isPresent() && participation == Participation.LOCKSTEP;
        return (isResolver ? Kind.RESOLVE : kind) + " " + moment + " " + branch + " " + whose;
    }

    /** By which way something is bought here. */
    World world() {
        return world;
    }

    /** The first point of its world, where it is learnt who takes the steps. */
    Point first() {
        return switch (world) {
            case ORDER -> BEFORE_WORK;
            case SHARED -> SHARED_BEFORE_WORK;
            case TICKET -> TICKET_CLAIMED;
        };
    }

    /** The statement whose answer is lost. */
    Optional<String> lostAnswer() {
        return lostAnswer;
    }

    /** The database in which the step is taken. */
    String database() {
        return branch.substring(0, branch.indexOf(' '));
    }

    /** Where an earlier Payara was killed, if the point is in the resolver's work. */
    Optional<Point> leftInDoubtAt() {
        return leftInDoubtAt;
    }

    /** How often the victim is struck. */
    int strikes() {
        return strikes;
    }

    /** Whether there is such a step: pgjdbc's class keeps no decision to forget, and a ticket needs no two phases. Orders that share are ours alone. */
    boolean isKnownTo(Participation participation) {
        return participation == Participation.LOCKSTEP || (kind != Kind.FORGET && world == World.ORDER);
    }

    @Override
    public String toString() {
        return title;
    }
}
