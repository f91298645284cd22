package dev.lockstep.order.ticket;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.control.SqlState;
import dev.lockstep.order.control.Statements;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * The table {@code ticket} on one connection, and the orders that are written of it. A method is a statement and decides nothing;
 * {@link TicketQueue} has the rules.
 */
final class TicketTable {

    /**
     * Is true of a ticket whose pause is over; its value is the longest pause in seconds. A pause that seems to end later than that is left
     * from before the database's clock was set back, or the setting was made shorter, and is over.
     */
    static final String IS_DUE =
            " (retry_at IS NULL OR retry_at NOT BETWEEN now() AND now() + make_interval(secs => ?)) ";

    /**
     * Numbers follow the places, so ids are not written in ascending order: two servers that are sent the same tickets in opposite orders may deadlock. Then
     * each ticket is issued alone. No NOTIFY here: commits with one wait for each other in PostgreSQL.
     */
    private static final String ISSUE = """
            WITH wish AS (
                SELECT * FROM unnest(?, ?, ?, ?) WITH ORDINALITY AS w (ticket_id, order_name, product_id, quantity, place)
                WHERE NOT EXISTS (SELECT FROM customer_order AS o WHERE o.order_id = w.ticket_id)
                  AND NOT EXISTS (SELECT FROM order_archive AS o WHERE o.order_id = w.ticket_id)
                  AND NOT EXISTS (SELECT FROM ticket_archive AS t WHERE t.ticket_id = w.ticket_id)),
            queue AS (
                INSERT INTO ticket_queue (product_id) SELECT DISTINCT product_id FROM wish ORDER BY product_id ON CONFLICT DO NOTHING)
            INSERT INTO ticket (ticket_id, order_name, product_id, quantity)
            SELECT ticket_id, order_name, product_id, quantity FROM wish ORDER BY place
            ON CONFLICT (ticket_id) DO NOTHING
            RETURNING *, 0 AS called, NULL::float8 AS seconds_each, NULL::timestamptz AS create_time, NULL::bigint AS place
            """;

    private static final String TICKETS = """
            SELECT t.*, coalesce(q.called, 0) AS called, q.seconds_each, o.create_time,
                   CASE t.state WHEN 'WAITING' THEN
                       (SELECT count(*) + 1 FROM ticket AS ahead
                        WHERE ahead.product_id = t.product_id AND ahead.state = 'WAITING'
                          AND ahead.ticket_number < t.ticket_number)
                   END AS place
            FROM given_ticket AS t
            LEFT JOIN ticket_queue AS q ON q.product_id = t.product_id
            LEFT JOIN placed_order AS o ON o.order_id = t.ticket_id AND t.state = 'READY'
            """;

    private static final String BY_ID = TICKETS + "WHERE t.ticket_id = ANY (?)";

    private static final String FAILED =
            TICKETS + "WHERE t.state = 'FAILED' AND t.ticket_number < ? ORDER BY t.ticket_number DESC LIMIT ?";

    /** Whoever writes such a row, prepared or not, has the table locked so until the outcome is known to all. */
    private static final String IS_BEING_WRITTEN = """
            SELECT EXISTS (
                SELECT FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database AND d.datname = current_database()
                WHERE l.relation = 'ticket'::regclass AND l.mode = 'RowExclusiveLock' AND l.granted)
            """;

    private static final String PROBE = """
            INSERT INTO ticket (ticket_id, order_name, product_id, quantity) VALUES (?, 'probe', 0, 1)
            ON CONFLICT (ticket_id) DO NOTHING
            """;

    private static final String DUE = """
            SELECT ticket_id, order_name, product_id, quantity, attempts,
                   EXISTS (SELECT FROM placed_order AS o WHERE o.order_id = t.ticket_id) AS is_ordered
            FROM ticket AS t
            WHERE product_id = ? AND state = 'WAITING' AND""" + IS_DUE + "ORDER BY ticket_number LIMIT ?";

    private static final String FAILED_ONE =
            "SELECT ticket_id, order_name, product_id, quantity FROM ticket WHERE ticket_id = ? AND state = 'FAILED'";

    private static final String READY_AMONG =
            "SELECT ticket_id FROM given_ticket WHERE ticket_id = ANY (?) AND state = 'READY'";

    /** By ascending id, as whoever shares a commit writes: clients may use one id for both. */
    private static final String WRITE_ORDERS = """
            INSERT INTO customer_order (order_id, order_name, create_time, product_id, quantity, by_ticket)
            SELECT ticket_id, order_name, ?, product_id, quantity, true FROM ticket WHERE ticket_id = ANY (?)
            ORDER BY ticket_id
            """;

    private static final String CALL = """
            UPDATE ticket SET state = 'READY', ended_at = clock_timestamp(), reason_code = NULL, reason = NULL, retry_at = NULL
            WHERE ticket_id = ANY (?)
            """;

    private static final String REFUSE = """
            UPDATE ticket SET state = 'SOLD_OUT', ended_at = clock_timestamp(), retry_at = NULL,
                reason_code = refused.code, available = refused.pieces, reason = refused.words
            FROM unnest(?, ?, ?, ?) AS refused (id, code, pieces, words) WHERE ticket_id = refused.id
            """;

    /** An array has nothing, NULL, behind its end: then there is no pause. */
    private static final String COUNT_ATTEMPT = """
            UPDATE ticket SET attempts = attempts + 1, reason_code = 'REJECTED', reason = ?,
                state = CASE WHEN attempts + 1 >= ? THEN 'FAILED' ELSE state END,
                retry_at = now() + make_interval(secs => (?::float8[])[attempts + 1])
            WHERE ticket_id = ANY (?) AND state = 'WAITING'
            """;

    private static final String RETRY = """
            UPDATE ticket SET state = 'WAITING', attempts = 0, retry_at = NULL WHERE ticket_id = ? AND state = 'FAILED'
            """;

    private final Statements sql;

    TicketTable(Connection connection) {
        this.sql = new Statements(connection);
    }

    /**
     * A ticket whose turn has come.
     *
     * @param order what is wanted
     * @param hasFailed whether it has failed before
     * @param isOrdered whether an order has its id
     */
    record Due(NewOrder order, boolean hasFailed, boolean isOrdered) {}

    List<Ticket> issue(List<NewOrder> wanted) throws SQLException {
        return sql.rows(
                ISSUE,
                TicketRow::ticket,
                column("uuid", wanted, NewOrder::orderId),
                column("text", wanted, NewOrder::orderName),
                column("int4", wanted, NewOrder::productId),
                column("int4", wanted, NewOrder::quantity));
    }

    List<Ticket> tickets(Collection<UUID> ticketIds) throws SQLException {
        return sql.rows(BY_ID, TicketRow::ticket, uuids(ticketIds));
    }

    List<Ticket> failed(long before, int limit) throws SQLException {
        return sql.rows(FAILED, TicketRow::ticket, before, limit);
    }

    /** The state is no parameter, for the reason told at {@link QueueTable}'s totals. */
    long count(TicketState state) throws SQLException {
        return sql.row("SELECT count(*) FROM ticket WHERE state = '" + state + "'", row -> row.getLong(1))
                .orElseThrow();
    }

    boolean isBeingWritten() throws SQLException {
        return sql.row(IS_BEING_WRITTEN, row -> row.getBoolean(1)).orElseThrow();
    }

    /** Tells whether somebody has the key, and has not ended; if not, it writes the ticket, so the transaction must be rolled back. */
    boolean isLocked(UUID ticketId) throws SQLException {
        sql.run("SET LOCAL lock_timeout = '100ms'");
        try {
            sql.update(PROBE, ticketId);
            return false;
        } catch (SQLException e) {
            if (SqlState.LOCK_NOT_AVAILABLE.isReasonOf(e)) {
                return true;
            }
            if (SqlState.UNIQUE_VIOLATION.isReasonOf(e)) {
                return false; // archived meanwhile
            }
            throw e;
        }
    }

    /** Those that wait and make no pause, the lowest number first. */
    List<Due> due(int productId, Duration longestPause, int limit) throws SQLException {
        return sql.rows(
                DUE,
                row -> new Due(TicketRow.order(row), row.getInt("attempts") > 0, row.getBoolean("is_ordered")),
                productId,
                seconds(longestPause),
                limit);
    }

    Optional<NewOrder> failed(UUID ticketId) throws SQLException {
        return sql.row(FAILED_ONE, TicketRow::order, ticketId);
    }

    Set<UUID> readyAmong(Collection<UUID> ticketIds) throws SQLException {
        return new HashSet<>(sql.rows(READY_AMONG, row -> row.getObject(1, UUID.class), uuids(ticketIds)));
    }

    void writeOrders(Collection<UUID> ticketIds, Instant at) throws SQLException {
        sql.update(WRITE_ORDERS, at.atOffset(ZoneOffset.UTC), uuids(ticketIds));
    }

    void call(Collection<UUID> ticketIds) throws SQLException {
        sql.update(CALL, uuids(ticketIds));
    }

    void refuse(Map<UUID, TicketReason> refused) throws SQLException {
        Collection<TicketReason> reasons = refused.values();
        sql.update(
                REFUSE,
                uuids(refused.keySet()),
                column("text", reasons, reason -> reason.code().name()),
                column("int4", reasons, TicketTable::pieces),
                column("text", reasons, reason -> reason.words().orElse(null)));
    }

    private static Integer pieces(TicketReason reason) {
        return reason.available().isPresent() ? reason.available().getAsInt() : null;
    }

    /**
     * Counts an attempt of tickets that wait.
     *
     * @param ticketIds the tickets
     * @param words why it failed
     * @param max who has made so many attempts is FAILED
     * @param pauses after the first attempt, the second and so on; of those that are not there, there is none
     */
    void countAttempt(Collection<UUID> ticketIds, String words, int max, List<Duration> pauses) throws SQLException {
        sql.update(COUNT_ATTEMPT, words, max, column("float8", pauses, TicketTable::seconds), uuids(ticketIds));
    }

    boolean retry(UUID ticketId) throws SQLException {
        return sql.update(RETRY, ticketId) == 1;
    }

    /** What is checked at the commit only would fail there without a reason that anybody could tell. */
    void checkNow() throws SQLException {
        sql.run("SET CONSTRAINTS ALL IMMEDIATE");
    }

    /** Seconds with a fraction, as the database makes intervals of. */
    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private <T> Array column(String type, Collection<T> rows, Function<T, Object> value) throws SQLException {
        return sql.array(type, rows.stream().map(value).toList());
    }

    private Array uuids(Collection<UUID> ids) throws SQLException {
        return sql.array("uuid", ids);
    }
}
