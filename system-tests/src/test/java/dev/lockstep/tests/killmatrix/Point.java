package dev.lockstep.tests.killmatrix;

import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import java.util.Optional;

/**
 * A point of an order's transaction at which a victim is struck. The product database is touched first, so the commit point (C0) is
 * there, and the follower (F1) is in the orders database.
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
    RESOLVER_COMMITS("the resolver is about to commit", BETWEEN_COMMITS, Kind.COMMIT, "orders F1", 1),
    RESOLVER_COMMITS_TWICE("the same, twice in a row", BETWEEN_COMMITS, Kind.COMMIT, "orders F1", 2);

    private final String title;
    private final Kind kind;
    private final Moment moment;
    private final String branch;
    private final Optional<String> lostAnswer;
    private final Optional<Point> leftInDoubtAt;
    private final int strikes;

    Point(
            String title,
            Kind kind,
            Moment moment,
            String branch,
            Optional<String> lostAnswer,
            Optional<Point> leftInDoubtAt,
            int strikes) {
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
        this(title, kind, moment, branch, Optional.empty(), Optional.empty(), 1);
    }

    /** The database has carried a statement out, its answer is under way and will not arrive. */
    Point(String title, Kind kind, String branch, String lostAnswer) {
        this(title, kind, Moment.BEFORE, branch, Optional.of(lostAnswer), Optional.empty(), 1);
    }

    /** Payara was killed at an earlier point; the next one's resolver is held. */
    Point(String title, Point leftInDoubtAt, Kind recovery, String branch, int strikes) {
        this(title, recovery, Moment.BEFORE, branch, Optional.empty(), Optional.of(leftInDoubtAt), strikes);
    }

    /** The step to hold, of this transaction. What the resolver does by its own, Payara's recovery does by XA. */
    String step(Participation participation, String globalId) {
        boolean isResolver = leftInDoubtAt.isPresent() && participation == Participation.LOCKSTEP;
        return (isResolver ? Kind.RESOLVE : kind) + " " + moment + " " + branch + " " + globalId;
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

    /** Whether there is such a step: pgjdbc's class keeps no decision to forget. */
    boolean isKnownTo(Participation participation) {
        return participation == Participation.LOCKSTEP || kind != Kind.FORGET;
    }

    @Override
    public String toString() {
        return title;
    }
}
