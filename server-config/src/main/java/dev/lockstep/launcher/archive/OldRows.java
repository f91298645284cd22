package dev.lockstep.launcher.archive;

import dev.lockstep.launcher.console.Steps;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is old in a database. It is moved in small batches, each a transaction that waits for nobody, so that the shop goes on meanwhile. The
 * functions that move rows are the database's own ({@code V10__archive.sql}).
 *
 * @param database a connection of the tables' owner, without auto-commit
 * @param files get the rows of a batch before it is committed
 * @param steps where it is told how far it is
 */
record OldRows(Connection database, ArchiveFiles files, Steps steps) {

    private static final int BATCH = 1_000;
    private static final int PAGES = 32;
    private static final Duration BETWEEN_STEPS = Duration.ofSeconds(5);

    private static final String COUNT_ORDERS = "SELECT count(*) FROM customer_order WHERE create_time < ?";
    private static final String ORDERS =
            "SELECT create_time, row_to_json(o)::text AS line FROM archive_orders(?, ?, ?) AS o";
    private static final String COUNT_PAGES =
            "SELECT pg_relation_size('ticket') / current_setting('block_size')::integer";
    private static final String TICKETS = "SELECT row_to_json(t)::text AS line FROM archive_tickets(?, ?, ?) AS t";

    /** A line without an outcome stays: what it was about may be in doubt. */
    private static final String AUDIT = """
            WITH taken AS (
                DELETE FROM operator_action WHERE ctid = ANY (ARRAY(
                    SELECT ctid FROM operator_action WHERE at < now() - make_interval(secs => ?) AND outcome IS NOT NULL
                    ORDER BY at LIMIT ? FOR UPDATE SKIP LOCKED))
                RETURNING *)
            SELECT row_to_json(taken)::text AS line FROM taken
            """;

    /**
     * Moves orders, and the tickets that became orders.
     *
     * @param before those of an earlier time
     * @return how many
     * @throws SQLException if the database refuses; what was committed before stays moved
     */
    long moveOrders(OffsetDateTime before) throws SQLException {
        long all = count(before);
        long moved = 0;
        Progress progress = new Progress();
        OffsetDateTime since = OffsetDateTime.MIN;
        List<String> lines = new ArrayList<>();
        try (PreparedStatement batch = database.prepareStatement(ORDERS)) {
            do {
                lines.clear();
                batch.setObject(1, since);
                batch.setObject(2, before);
                batch.setInt(3, BATCH);
                try (ResultSet row = batch.executeQuery()) {
                    while (row.next()) {
                        lines.add(row.getString("line"));
                        OffsetDateTime time = row.getObject("create_time", OffsetDateTime.class);
                        since = time.isAfter(since) ? time : since;
                    }
                }
                end("orders", lines);
                moved += lines.size();
                progress.tell("Archived", moved, all, "orders");
            } while (!lines.isEmpty());
        }
        return moved;
    }

    private long count(OffsetDateTime before) throws SQLException {
        try (PreparedStatement statement = database.prepareStatement(COUNT_ORDERS)) {
            statement.setObject(1, before);
            return number(statement);
        }
    }

    /**
     * Moves tickets that ended without an order.
     *
     * @param before those that ended earlier
     * @return how many
     * @throws SQLException if the database refuses; what was committed before stays moved
     */
    long moveTickets(OffsetDateTime before) throws SQLException {
        long moved = 0;
        Progress progress = new Progress();
        try (PreparedStatement size = database.prepareStatement(COUNT_PAGES);
                PreparedStatement batch = database.prepareStatement(TICKETS)) {
            long pages = number(size);
            for (long page = 0; page < pages; page += PAGES) {
                batch.setLong(1, page);
                batch.setLong(2, PAGES);
                batch.setObject(3, before);
                List<String> lines = lines(batch);
                end("sold-out-tickets", lines);
                moved += lines.size();
                progress.tell("Looked at", page, pages, "pages of tickets");
            }
        }
        return moved;
    }

    /**
     * Takes lines of the audit out of the database.
     *
     * @param name the database's
     * @param age those that are older
     * @return how many
     * @throws SQLException if the database refuses
     */
    long takeAudit(String name, Duration age) throws SQLException {
        long taken = 0;
        try (PreparedStatement batch = database.prepareStatement(AUDIT)) {
            batch.setLong(1, age.toSeconds());
            batch.setInt(2, BATCH);
            List<String> lines;
            do {
                lines = lines(batch);
                end("audit-" + name, lines);
                taken += lines.size();
            } while (!lines.isEmpty());
        }
        return taken;
    }

    private static List<String> lines(PreparedStatement batch) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (ResultSet row = batch.executeQuery()) {
            while (row.next()) {
                lines.add(row.getString("line"));
            }
        }
        return lines;
    }

    private static long number(PreparedStatement question) throws SQLException {
        try (ResultSet row = question.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** First the file, then the commit: a crash between the two leaves rows in both, and never in none. */
    private void end(String kind, List<String> lines) throws SQLException {
        files.append(kind, lines);
        database.commit();
    }

    /** Tells now and then how far it is. */
    private final class Progress {

        private long told = System.nanoTime();

        void tell(String verb, long done, long all, String things) {
            if (System.nanoTime() - told >= BETWEEN_STEPS.toNanos()) {
                told = System.nanoTime();
                steps.say(String.format(Locale.ROOT, "%s %,d of %,d %s", verb, done, all, things));
            }
        }
    }
}
