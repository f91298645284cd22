package dev.lockstep.launcher.postgres;

import dev.lockstep.launcher.settings.DatabaseSettings;
import dev.lockstep.participant.LeftBranches;
import dev.lockstep.participant.ParticipantDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What dead servers left prepared. A migration would wait for its locks, and the server that settles it starts after the migration.
 *
 * @param databases all that take part, as the application enters them: nobody else may end its branches
 */
public record PreparedBranches(List<DatabaseSettings> databases) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int ROUND_MILLIS = 100;

    private static final String MINE =
            "SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database() AND owner = current_user";

    /**
     * Counts them.
     *
     * @return how many are prepared, also those of living servers
     * @throws SQLException if a database does not answer
     */
    public int count() throws SQLException {
        int count = 0;
        for (DatabaseSettings database : databases) {
            try (Connection connection = Schema.dataSource(database).getConnection();
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(MINE)) {
                row.next();
                count += row.getInt(1);
            }
        }
        return count;
    }

    /**
     * Ends those of dead servers by what the databases know of their decisions. Waits for that, but not for one that cannot be decided.
     *
     * @throws SQLException if a database does not answer
     */
    public void settle() throws SQLException {
        try (LeftBranches left = new LeftBranches()) {
            for (DatabaseSettings database : databases) {
                introduce(left.dataSource(), database);
            }
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (!left.remaining().isEmpty() && System.nanoTime() < deadline) {
                LockSupport.parkNanos(Duration.ofMillis(ROUND_MILLIS).toNanos());
            }
        }
    }

    private static void introduce(ParticipantDataSource dataSource, DatabaseSettings database) throws SQLException {
        dataSource.setServerNames(new String[] {database.host().orElse(DatabaseSettings.LOOPBACK)});
        dataSource.setPortNumbers(new int[] {database.port()});
        dataSource.setDatabaseName(database.database());
        dataSource.setUser(database.user());
        dataSource.setPassword(database.password().orElseThrow());
        dataSource.setParticipantName(database.name());
        dataSource.setResolverIntervalMillis(ROUND_MILLIS);
        dataSource.getXAConnection().close();
    }
}
