package dev.lockstep.tests.flow;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The machines of the examples' tests. Each serves a part of either example, and has one database for both: so one death strikes a flow of
 * each.
 */
@SuppressWarnings("ImmutableEnumChecker") // its list comes from List.of
enum ExampleNode {
    /** Where scopes are opened. */
    CLIENT(Optional.empty(), "enrolment-client.war", "bank-client.war"),
    /** Is called first: the exam service, and bank A. */
    ONE(Optional.of("product"), "enrolment-exam.war", "bank-a.war"),
    /** Is called then: the basic service, and bank B. */
    TWO(Optional.of("orders"), "enrolment-basic.war", "bank-b.war"),
    /** Is called by bank A, and calls bank B. */
    CLEARING(Optional.of("clearing"), "bank-clearing.war");

    private final Optional<String> database;
    private final List<String> archives;

    ExampleNode(Optional<String> database, String... archives) {
        this.database = database;
        this.archives = List.of(archives);
    }

    /** The name of its database server, if it has one; the first two are among those that the build has prepared. */
    Optional<String> database() {
        return database;
    }

    /** What it serves: the first at the root, another below {@code /bank}. */
    List<String> archives() {
        return archives;
    }

    /** By which name it signs, and by which the others know it. */
    String node() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return node();
    }
}
