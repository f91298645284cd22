package dev.lockstep.tests.flow;

import java.util.Locale;
import java.util.Optional;

/** The four machines: two services, each with a database of its own, and two callers without one. */
enum Role {
    /** Where scopes are opened. */
    CLIENT(Optional.empty()),
    /** Is called, and calls on; it has nothing of its own to commit. */
    ROUTER(Optional.empty()),
    /** The stock. */
    PRODUCT(Optional.of("product")),
    /** The orders. */
    ORDER(Optional.of("orders"));

    private final Optional<String> database;

    Role(Optional<String> database) {
        this.database = database;
    }

    /** The name of its database, if it has one. */
    Optional<String> database() {
        return database;
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
