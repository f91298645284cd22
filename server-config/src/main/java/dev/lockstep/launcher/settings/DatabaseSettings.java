package dev.lockstep.launcher.settings;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a database is and how to get in.
 *
 * @param name {@code product} or {@code orders}
 * @param host the user's own server, or empty for an embedded one
 * @param port its port
 * @param database its database
 * @param user the application role
 * @param password the role's password; empty for an embedded server, which makes its own
 */
public record DatabaseSettings(
        String name, Optional<String> host, int port, String database, String user, Optional<String> password) {

    /** Where embedded servers listen. */
    public static final String LOOPBACK = "127.0.0.1";

    /** {@return whether the launcher starts the server} */
    public boolean isEmbedded() {
        return host.isEmpty();
    }

    /**
     * Completes the settings of an embedded server, which makes its own password.
     *
     * @param itsPassword gives the password, and is asked for an embedded server only
     * @return the settings with a password
     */
    public DatabaseSettings completed(Supplier<String> itsPassword) {
        return isEmbedded()
                ? new DatabaseSettings(name, host, port, database, user, Optional.of(itsPassword.get()))
                : this;
    }

    /**
     * The same database, as another role enters it.
     *
     * @param role its name
     * @param itsPassword its password
     * @return the settings
     */
    public DatabaseSettings as(String role, String itsPassword) {
        return new DatabaseSettings(name, host, port, database, role, Optional.of(itsPassword));
    }

    /** {@return host, port and database, for messages} */
    public String address() {
        return host.orElse(LOOPBACK) + ":" + port + "/" + database;
    }

    /** {@return which database it is and where, to begin a sentence} */
    public String where() {
        return "The " + name + " database at " + address();
    }

    /**
     * The name of one of its settings.
     *
     * @param last how the name ends, such as {@code HOST}
     * @return the environment variable
     */
    public String variable(String last) {
        return Setting.PREFIX + name.toUpperCase(Locale.ROOT) + "_DB_" + last;
    }

    /**
     * One of its settings as it was set.
     *
     * @param last how the name of the variable ends
     * @param value its value
     * @return both, to begin a sentence
     */
    public String setting(String last, String value) {
        return variable(last) + "=" + value;
    }

    /**
     * Adds the variables by which the boot commands know this database.
     *
     * @param environment the environment of the server's process
     */
    void putInto(Map<String, String> environment) {
        environment.put(variable("HOST"), host.orElse(LOOPBACK));
        environment.put(variable("PORT"), Integer.toString(port));
        environment.put(variable("NAME"), database);
        environment.put(variable("USER"), user);
        environment.put(variable("PASSWORD"), password.orElseThrow());
    }
}
