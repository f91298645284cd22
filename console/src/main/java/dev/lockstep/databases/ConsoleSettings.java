package dev.lockstep.databases;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;

/**
 * The console's settings where it stands beside the applications: which databases it shows, and where it makes its own tables.
 *
 * @param jndiNames the datasource of each database, by the name that its participant has; the first keeps the operators
 * @param migrated in which of them the console makes its tables
 */
public record ConsoleSettings(Map<String, String> jndiNames, Set<String> migrated) implements WatchedDatabases {

    /** {@code jdbc/orders,jdbc/product}; where the participant has another name than the datasource, {@code goods=jdbc/product}. */
    public static final String DATABASES = "LOCKSTEP_CONSOLE_DATABASES";

    /** Some of the datasources' names in {@link #DATABASES}; unset: none. */
    public static final String MIGRATE = "LOCKSTEP_CONSOLE_MIGRATE";

    private static final int DATABASES_MAX = 20;

    private static final Pattern DATABASE = Pattern.compile(
            "(?:(?<name>[A-Za-z0-9_-]{1,28})=)?(?<jndi>(?:java:)?(?:[A-Za-z0-9_.-]+/)*(?<last>[A-Za-z0-9_-]{1,28}))");

    /**
     * Reads the settings.
     *
     * @param environment the process's environment
     * @return what they say
     * @throws IllegalArgumentException naming the variable, what is wrong in it, and the limit
     */
    public static ConsoleSettings from(Map<String, String> environment) {
        Map<String, String> jndiNames = new LinkedHashMap<>();
        for (String database : parts(environment, DATABASES)) {
            Matcher parts = DATABASE.matcher(database);
            if (!parts.matches()) {
                throw new IllegalArgumentException(DATABASES + ": \"" + database
                        + "\" must be a datasource's JNDI name, whose last part, or else a name and = before it, is the"
                        + " participant's name: 1 to 28 of A-Z a-z 0-9 _ -");
            }
            String name = parts.group("name") == null ? parts.group("last") : parts.group("name");
            if (jndiNames.putIfAbsent(name, parts.group("jndi")) != null) {
                throw new IllegalArgumentException(DATABASES + ": two databases have the name " + name
                        + "; it must be another one for each, such as other=" + parts.group("jndi"));
            }
        }
        if (jndiNames.isEmpty() || jndiNames.size() > DATABASES_MAX) {
            throw new IllegalArgumentException(DATABASES + " names " + jndiNames.size()
                    + " databases; it must name 1 to " + DATABASES_MAX + ", such as jdbc/orders,jdbc/product");
        }
        List<String> migrated = parts(environment, MIGRATE);
        for (String jndiName : migrated) {
            if (!jndiNames.containsValue(jndiName)) {
                throw new IllegalArgumentException(MIGRATE + ": \"" + jndiName + "\" must be one of "
                        + jndiNames.values() + ", which are in " + DATABASES);
            }
        }
        return new ConsoleSettings(jndiNames, Set.copyOf(migrated));
    }

    private static List<String> parts(Map<String, String> environment, String variable) {
        String text = environment.getOrDefault(variable, "").strip();
        List<String> parts = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String part : text.split(",", -1)) {
                parts.add(part.strip());
            }
        }
        return parts;
    }

    /**
     * Finds the datasources.
     *
     * @throws IllegalArgumentException if there is none of a name
     */
    @Override
    public Map<String, DataSource> byName() {
        Map<String, DataSource> found = new LinkedHashMap<>();
        jndiNames.forEach((name, jndiName) -> found.put(name, dataSource(jndiName)));
        return found;
    }

    @Override
    public String ofOperators() {
        return jndiNames.keySet().iterator().next();
    }

    /**
     * Tells whether the console makes its tables there.
     *
     * @param name one of the databases
     */
    public boolean isMigrated(String name) {
        return migrated.contains(jndiNames.get(name));
    }

    /** A name without a scheme, or with {@code java:}, leads to nothing but the server's own. */
    @SuppressWarnings("BanJNDI")
    private static DataSource dataSource(String jndiName) {
        try {
            if (InitialContext.doLookup(jndiName) instanceof DataSource found) {
                return found;
            }
        } catch (NamingException e) {
            throw new IllegalArgumentException(noDataSource(jndiName), e);
        }
        throw new IllegalArgumentException(noDataSource(jndiName));
    }

    private static String noDataSource(String jndiName) {
        return DATABASES + ": the server has no datasource \"" + jndiName
                + "\"; it must be the server's, or in java:global and of an application that is deployed before the console";
    }
}
