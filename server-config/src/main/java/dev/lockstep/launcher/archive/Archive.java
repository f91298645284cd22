package dev.lockstep.launcher.archive;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Archives what is old, once, while the shop is open or closed. Both databases must run.
 *
 * @param product the product database, as the owner of its tables enters it
 * @param orders the orders database, likewise
 * @param steps where it is told what is done
 */
public record Archive(DatabaseSettings product, DatabaseSettings orders, Steps steps) {

    private static final String NOT_THE_OWNER = "42501";

    /** No such table or function, or a line that the audit's table does not know. */
    private static final Set<String> EARLIER_TABLES = Set.of("42P01", "42883", "23514");

    /** An order is written before it is prepared, but never so long. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofHours(1);

    /** Any number that nobody else takes. */
    private static final String TAKE_TURN = "SELECT pg_try_advisory_lock(hashtext('lockstep archive'))";

    private static final String IN_DOUBT_FOR = """
            SELECT coalesce(ceil(extract(epoch FROM now() - min(prepared))), -1)::bigint
            FROM pg_prepared_xacts WHERE database = current_database()
            """;

    private static final String BEFORE = "SELECT now() - make_interval(secs => ?)";

    private static final String INTEND = """
            INSERT INTO operator_action (operator, gid, decision, heuristic, reason) VALUES (?, '', 'ARCHIVE', false, ?) RETURNING action_id
            """;

    private static final String CONCLUDE = """
            UPDATE operator_action SET outcome = 'SETTLED', because = ?, ended_at = clock_timestamp() WHERE action_id = ?
            """;

    /** What is done with a connection. */
    @FunctionalInterface
    private interface Work<T> {

        T with(Connection connection) throws SQLException;
    }

    /**
     * Archives.
     *
     * @param options what and where to
     * @throws StartException if a database or a folder refuses, or another run is at it; what was moved before stays moved
     */
    public void run(ArchiveOptions options) {
        try (ArchiveFiles files = new ArchiveFiles(options.to(), Instant.now())) {
            Duration doubt = in(product, Archive::inDoubtFor);
            in(orders, connection -> {
                requireTurn(connection);
                Duration age = ageOf(options.age(), List.of(doubt, inDoubtFor(connection)));
                if (age.compareTo(options.age()) > 0) {
                    steps.say("Warning: a transaction is in doubt for " + age.toDays()
                            + " days; what is not older stays, too. The console tells which it is");
                }
                long line = intend(connection, options);
                String done = archive(connection, age, files);
                conclude(connection, line, done);
                makeRoom(connection);
                steps.say(done);
                return null;
            });
        }
    }

    /**
     * The age from which on something is archived: an order that is committed here and in doubt there is as old as the doubt, or little older.
     *
     * @param asked the age that is asked for
     * @param doubts how long the oldest transaction of each database is in doubt; negative if none is
     * @return the age, which is never less than what is asked for
     */
    static Duration ageOf(Duration asked, List<Duration> doubts) {
        return doubts.stream()
                .filter(doubt -> !doubt.isNegative())
                .map(doubt -> doubt.plus(LONGEST_TRANSACTION))
                .reduce(asked, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }

    private String archive(Connection connection, Duration age, ArchiveFiles files) throws SQLException {
        OffsetDateTime before = before(connection, age);
        steps.say("Archiving what is older than " + before + " in the orders database at " + orders.address());
        OldRows old = new OldRows(connection, files, steps);
        String done = String.format(
                Locale.ROOT,
                "Archived %,d orders and %,d tickets without an order",
                old.moveOrders(before),
                old.moveTickets(before));
        if (!files.areWanted()) {
            return done;
        }
        long taken = old.takeAudit(orders.name(), age)
                + in(product, other -> new OldRows(other, files, steps).takeAudit(product.name(), age));
        return done
                + String.format(
                        Locale.ROOT, ", and took out %,d lines of the audit; files: %s", taken, files.written());
    }

    private <T> T in(DatabaseSettings database, Work<T> work) {
        try (Connection connection = Schema.dataSource(database).getConnection()) {
            connection.setAutoCommit(false);
            execute(connection, "SET TIME ZONE 'UTC'");
            connection.commit();
            return work.with(connection);
        } catch (SQLException e) {
            throw new StartException(database.where() + " says: " + e.getMessage() + remedy(database, e), e);
        }
    }

    private static String remedy(DatabaseSettings database, SQLException e) {
        if (NOT_THE_OWNER.equals(e.getSQLState())) {
            return "; " + database.setting("USER", database.user()) + " must be the role that owns the tables";
        }
        return EARLIER_TABLES.contains(e.getSQLState())
                ? "; its tables are of an earlier version: start the server first, or 'java -jar lockstep.jar migrate'"
                : "";
    }

    private void requireTurn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TAKE_TURN)) {
            row.next();
            if (!row.getBoolean(1)) {
                throw new StartException(orders.where() + " is being archived by another run; let it end first");
            }
        }
    }

    /** Negative if nothing is in doubt. */
    private static Duration inDoubtFor(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IN_DOUBT_FOR)) {
            row.next();
            return Duration.ofSeconds(row.getLong(1));
        }
    }

    private static OffsetDateTime before(Connection connection, Duration age) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(BEFORE)) {
            statement.setLong(1, age.toSeconds());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getObject(1, OffsetDateTime.class);
            }
        }
    }

    /** As each deed of an operator: the intent is committed before anything is done. */
    private static long intend(Connection connection, ArchiveOptions options) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(INTEND)) {
            statement.setString(1, System.getProperty("user.name"));
            statement.setString(2, "older than " + options.days() + " days");
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                long line = row.getLong(1);
                connection.commit();
                return line;
            }
        }
    }

    private static void conclude(Connection connection, long line, String done) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(CONCLUDE)) {
            statement.setString(1, done);
            statement.setLong(2, line);
            statement.executeUpdate();
            connection.commit();
        }
    }

    /** New rows take the place of the moved ones. The tables' files do not shrink. */
    private static void makeRoom(Connection connection) throws SQLException {
        connection.setAutoCommit(true);
        execute(connection, "VACUUM customer_order, ticket, operator_action");
    }

    private static void execute(Connection connection, String statement) throws SQLException {
        try (Statement asked = connection.createStatement()) {
            asked.execute(statement);
        }
    }
}
