package dev.lockstep.lab.breaking;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be killed, in the order in which it is: the one that kills comes last. */
public enum Victim {
    /** The product database's server. */
    PRODUCT,
    /** The orders database's server. */
    ORDERS,
    /** This very process, the coordinator. */
    PAYARA;

    /** {@return its name in JSON and, for a database, its folder's} */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Victim> of(String text) {
        return Arrays.stream(values()).filter(one -> one.text().equals(text)).findAny();
    }
}
