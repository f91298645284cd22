package dev.lockstep.databases;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** All databases of the console by their participant names: the application's, or those that the settings name. */
@ApplicationScoped
public class ParticipantDatabases {

    private final Map<String, DataSource> byName;
    private final String ofOperators;

    protected ParticipantDatabases() {
        byName = Map.of();
        ofOperators = "";
    }

    /**
     * The constructor the container uses.
     *
     * @param application names its databases, if the console is in its archive
     */
    @Inject
    public ParticipantDatabases(Instance<WatchedDatabases> application) {
        WatchedDatabases watched =
                application.stream().findAny().orElseGet(() -> ConsoleSettings.from(System.getenv()));
        byName = new TreeMap<>(watched.byName());
        ofOperators = watched.ofOperators();
    }

    /** {@return the datasource of each participant} */
    public Map<String, DataSource> byName() {
        return byName;
    }

    /** {@return the participant that keeps the operators, and what they do to no branch} */
    public String ofOperators() {
        return ofOperators;
    }

    /** {@return the datasource of {@link #ofOperators}} */
    public DataSource operators() {
        return byName.get(ofOperators);
    }
}
