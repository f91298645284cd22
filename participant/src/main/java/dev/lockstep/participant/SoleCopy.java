package dev.lockstep.participant;

import java.security.CodeSource;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;

/**
 * The right to be the one copy of the participant that works in a JVM. Payara's transaction manager has one name there. A second copy, of
 * another application's class loader, would know nothing of the first one's transactions and take them for those of a dead server.
 *
 * <p>Copies have no class in common, so the system properties tell which one has the right. Thread-safe.
 */
final class SoleCopy implements AutoCloseable {

    private static final String PROPERTY = "dev.lockstep.participant.copy";

    private final Properties jvm;
    private final String self = UUID.randomUUID().toString().substring(0, 8) + " of " + jar();
    private volatile boolean isClosed;

    /**
     * A copy that does not have the right yet.
     *
     * @param jvm the system properties
     */
    SoleCopy(Properties jvm) {
        this.jvm = jvm;
    }

    /**
     * Takes the right, or makes sure that this copy has it.
     *
     * @throws SQLException if another copy works in this JVM (says which), or this one's application has ended
     */
    void require() throws SQLException {
        if (isClosed) {
            throw new SQLException("The participant has ended with the application that brought it: " + self);
        }
        Object other = jvm.putIfAbsent(PROPERTY, self);
        if (other != null && !other.equals(self)) {
            throw new SQLException("Another copy of the participant works in this server already: " + other
                    + "; this is "
                    + self + ". A server can have only one. Put participant and pgjdbc into the domain's lib folder"
                    + " (Payara Micro: --addlibs), restart the server, and leave them out of the applications");
        }
    }

    /** Gives the right back for good; the next copy may take it. */
    @Override
    public void close() {
        isClosed = true;
        jvm.remove(PROPERTY, self);
    }

    private static String jar() {
        CodeSource source = SoleCopy.class.getProtectionDomain().getCodeSource();
        return source == null ? "an unknown jar" : String.valueOf(source.getLocation());
    }
}
