package dev.lockstep.order.ticket;

import dev.lockstep.order.control.Statements;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The table {@code ticket_queue} on one connection: a row for each product. Whoever has the row locked, and nobody else, serves the
 * product's tickets.
 */
final class QueueTable {

    /** A server that was stopped in the middle must not keep the queue: PostgreSQL ends its session. */
    private static final String BOUND = "set_config('idle_in_transaction_session_timeout', '10s', true)";

    private static final String GOT = "SELECT product_id, nextval('ticket_claim') AS claim, " + BOUND + " FROM claimed";

    /** The queue that was called longest ago, of those that nobody serves; of new ones the one with the oldest ticket. */
    private static final String CLAIM = """
            WITH claimed AS MATERIALIZED (
                SELECT q.product_id FROM ticket_queue AS q
                CROSS JOIN LATERAL (
                    SELECT ticket_number FROM ticket AS t
                    WHERE t.product_id = q.product_id AND t.state = 'WAITING' AND""" + TicketTable.IS_DUE + """
                    ORDER BY ticket_number LIMIT 1) AS oldest
                ORDER BY q.called_at, oldest.ticket_number LIMIT 1
                FOR UPDATE OF q SKIP LOCKED)
            """ + GOT;

    private static final String CLAIM_OF = """
            WITH claimed AS MATERIALIZED (
                SELECT q.product_id FROM ticket_queue AS q
                WHERE q.product_id = (SELECT t.product_id FROM ticket AS t WHERE t.ticket_id = ?)
                FOR UPDATE)
            """ + GOT;

    private static final String ADVANCE = """
            UPDATE ticket_queue
            SET called = greatest(called, coalesce((SELECT max(ticket_number) FROM ticket WHERE ticket_id = ANY (?)), 0)),
                seconds_each = 0.8 * coalesce(seconds_each, ?) + 0.2 * ?,
                called_at = clock_timestamp()
            WHERE product_id = ?
            """;

    private static final String POSTPONE = "UPDATE ticket_queue SET called_at = clock_timestamp() WHERE product_id = ?";

    private static final String LENGTHS = """
            SELECT product_id, waiting, called, seconds_each
            FROM ticket_queue AS q
            CROSS JOIN LATERAL (SELECT count(*) AS waiting FROM ticket AS t
                                WHERE t.product_id = q.product_id AND t.state = 'WAITING') AS w
            WHERE product_id >= ?
            ORDER BY product_id LIMIT ?
            """;

    /** The states are no parameters: only with the words themselves the planner sees that the indexes of such tickets will do. */
    private static final String TOTALS = """
            SELECT (SELECT count(*) FROM ticket WHERE state = 'WAITING') AS waiting,
                   (SELECT count(*) FROM ticket WHERE state = 'FAILED') AS failed,
                   (SELECT count(*) FROM ticket_queue) AS queues
            """;

    /**
     * The statement that issues tickets locks the table against this LOCK until its commit. So no customer is getting a ticket in a queue
     * that is deleted. If one is getting a ticket, then LOCK fails at once and nothing is forgotten this time.
     *
     * <p>A worker between its claim and its ADVANCE has the table in ROW SHARE mode only, which LOCK does not conflict with. Its queue stays
     * nevertheless. Until the worker commits, the DELETE's snapshot shows the claimed ticket as WAITING or FAILED.
     */
    private static final String FORGET = """
            DO $$ BEGIN
                LOCK TABLE ticket_queue IN SHARE ROW EXCLUSIVE MODE NOWAIT;
                DELETE FROM ticket_queue AS q WHERE called_at < now() - interval '1 hour'
                    AND NOT EXISTS (SELECT FROM ticket AS t WHERE t.product_id = q.product_id AND t.state = 'WAITING')
                    AND product_id NOT IN (SELECT product_id FROM ticket WHERE state = 'FAILED');
            EXCEPTION WHEN lock_not_available THEN NULL;
            END $$
            """;

    private final Statements sql;

    QueueTable(Connection connection) {
        this.sql = new Statements(connection);
    }

    /**
     * A queue that this transaction has claimed.
     *
     * @param number the claim's
     * @param productId the queue's product
     */
    record Claimed(long number, int productId) {

        private static Claimed of(ResultSet row) throws SQLException {
            return new Claimed(row.getLong("claim"), row.getInt("product_id"));
        }
    }

    /** Claims a queue in which a ticket is due, and which nobody has claimed. */
    Optional<Claimed> claim(Duration longestPause) throws SQLException {
        return sql.row(CLAIM, Claimed::of, TicketTable.seconds(longestPause));
    }

    /** Claims the queue of a ticket; waits for whoever has it. */
    Optional<Claimed> claimOf(UUID ticketId) throws SQLException {
        return sql.row(CLAIM_OF, Claimed::of, ticketId);
    }

    void advance(int productId, Collection<UUID> called, double secondsEach) throws SQLException {
        sql.update(ADVANCE, sql.array("uuid", called), secondsEach, secondsEach, productId);
    }

    void postpone(int productId) throws SQLException {
        sql.update(POSTPONE, productId);
    }

    List<QueueLength> lengths(int from, int limit) throws SQLException {
        return sql.rows(
                LENGTHS,
                row -> new QueueLength(
                        row.getInt("product_id"),
                        row.getLong("waiting"),
                        row.getLong("called"),
                        TicketRow.secondsEach(row)),
                from,
                limit);
    }

    TicketTotals totals() throws SQLException {
        return sql.row(
                        TOTALS,
                        row -> new TicketTotals(row.getLong("waiting"), row.getLong("failed"), row.getLong("queues")))
                .orElseThrow();
    }

    void forgetIdle() throws SQLException {
        sql.run(FORGET);
    }

    /** Tells all who listen on a channel, when the transaction commits. */
    void tell(String channel, String about) throws SQLException {
        sql.run("SELECT pg_notify(?, ?)", channel, about);
    }
}
