package dev.lockstep.order.ticket;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.control.OrdersDatabase;
import dev.lockstep.order.control.OrdersSql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Serves tickets, on the side of the orders database.
 *
 * <p>{@code MANDATORY}: whoever serves opens a transaction, claims a product's queue, has the stock taken by a transaction of the product
 * database alone, settles, and commits. The claim is a row lock, so it ends with the transaction, whoever dies: the next claim sees what
 * is still waiting. Nothing here is two-phase, since the stock is taken at most once for a ticket however often it is tried.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.MANDATORY)
public class TicketQueue {

    /** The most tickets of one claim. */
    public static final int BATCH_MAX = 200;

    /** So often a ticket may fail for a reason of its own. */
    public static final int ATTEMPTS_MAX = 5;

    /**
     * A pause is always shorter than a minute. So one that seems to end later than that is left from before the database's clock was set
     * back, and is over.
     */
    private static final String IS_DUE =
            " AND (retry_at IS NULL OR retry_at NOT BETWEEN now() AND now() + interval '1 minute') ";

    /** A server that was stopped in the middle must not keep the queue: PostgreSQL ends its session. */
    private static final String BOUND = "set_config('idle_in_transaction_session_timeout', '10s', true)";

    /** The queue that was called longest ago, of those that nobody serves; of new ones the one with the oldest ticket. */
    private static final String CLAIM = """
            WITH claimed AS MATERIALIZED (
                SELECT q.product_id FROM ticket_queue AS q
                CROSS JOIN LATERAL (
                    SELECT ticket_number FROM ticket AS t
                    WHERE t.product_id = q.product_id AND t.state = 'WAITING'""" + IS_DUE + """
                    ORDER BY ticket_number LIMIT 1) AS oldest
                ORDER BY q.called_at, oldest.ticket_number LIMIT 1
                FOR UPDATE OF q SKIP LOCKED)
            SELECT product_id, nextval('ticket_claim') AS claim,\s""" + BOUND + " FROM claimed";

    private static final String DUE = """
            SELECT ticket_id, order_name, product_id, quantity, attempts,
                   EXISTS (SELECT FROM customer_order AS o WHERE o.order_id = t.ticket_id) AS is_ordered
            FROM ticket AS t
            WHERE product_id = ? AND state = 'WAITING'""" + IS_DUE + "ORDER BY ticket_number LIMIT " + BATCH_MAX;

    private static final String CLAIM_FAILED = """
            WITH claimed AS MATERIALIZED (
                SELECT q.product_id FROM ticket_queue AS q
                WHERE q.product_id = (SELECT t.product_id FROM ticket AS t WHERE t.ticket_id = ?)
                FOR UPDATE)
            SELECT product_id, nextval('ticket_claim') AS claim,\s""" + BOUND + " FROM claimed";

    private static final String FAILED = """
            SELECT ticket_id, order_name, product_id, quantity FROM ticket WHERE ticket_id = ? AND state = 'FAILED'
            """;

    private static final String READY_AMONG =
            "SELECT ticket_id FROM ticket WHERE ticket_id = ANY (?) AND state = 'READY'";

    private static final String WRITE_ORDERS = """
            INSERT INTO customer_order (order_id, order_name, create_time, product_id, quantity, by_ticket)
            SELECT ticket_id, order_name, ?, product_id, quantity, true FROM ticket WHERE ticket_id = ANY (?)
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

    private static final String ADVANCE = """
            UPDATE ticket_queue
            SET called = greatest(called, coalesce((SELECT max(ticket_number) FROM ticket WHERE ticket_id = ANY (?)), 0)),
                seconds_each = 0.8 * coalesce(seconds_each, ?) + 0.2 * ?,
                called_at = clock_timestamp()
            WHERE product_id = ?
            """;

    private static final String POSTPONE = "UPDATE ticket_queue SET called_at = clock_timestamp() WHERE product_id = ?";

    private static final String TELL = "SELECT pg_notify('ticket_called', ?)";

    /** Of several that failed together nobody knows which is at fault: from now on each is served alone, without a pause. */
    private static final String BLAME = """
            UPDATE ticket SET attempts = attempts + 1, reason_code = 'REJECTED', reason = ?,
                state = CASE WHEN attempts + 1 >= ? THEN 'FAILED' ELSE state END,
                retry_at = CASE WHEN ? THEN now() + interval '0.5 seconds' * power(2, attempts) END
            WHERE ticket_id = ANY (?) AND state = 'WAITING'
            """;

    private static final String RETRY = """
            UPDATE ticket SET state = 'WAITING', attempts = 0, retry_at = NULL WHERE ticket_id = ? AND state = 'FAILED'
            """;

    private final OrdersSql orders;
    private final Clock clock;

    /** For the container's proxy (EJB 4.0 asks for it). */
    public TicketQueue() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param orders the orders database
     * @param clock tells when an order is written
     */
    @Inject
    public TicketQueue(@OrdersDatabase OrdersSql orders, @OrdersDatabase Clock clock) {
        this.orders = orders;
        this.clock = clock;
    }

    /**
     * Claims the queue that was called longest ago, of those that nobody serves, so that no product keeps another one waiting for more
     * than a turn. If orders have the ids of some of its tickets already, these come alone.
     *
     * @return the claim, or empty if there is nothing to do
     */
    public Optional<TicketClaim> claim() {
        return orders.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(CLAIM);
                    ResultSet row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(due(connection, row.getLong("claim"), row.getInt("product_id")))
                        : Optional.empty();
            }
        });
    }

    /** A ticket that has failed before is served alone, so that it cannot spoil the others' batch again. */
    private static TicketClaim due(Connection connection, long claim, int productId) throws SQLException {
        List<NewOrder> batch = new ArrayList<>();
        List<NewOrder> ordered = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(DUE)) {
            statement.setInt(1, productId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    boolean isSuspect = row.getInt("attempts") > 0;
                    if (row.getBoolean("is_ordered")) {
                        ordered.add(order(row));
                    } else if (!isSuspect || batch.isEmpty()) {
                        batch.add(order(row));
                    }
                    if (isSuspect) {
                        break;
                    }
                }
            }
        }
        return ordered.isEmpty()
                ? new TicketClaim(claim, productId, batch)
                : new TicketClaim(claim, productId, ordered, true);
    }

    private static NewOrder order(ResultSet row) throws SQLException {
        return new NewOrder(
                row.getObject("ticket_id", UUID.class),
                row.getString("order_name"),
                row.getInt("product_id"),
                row.getInt("quantity"));
    }

    /**
     * Claims the queue of a ticket that FAILED; waits for whoever serves it.
     *
     * @param ticketId the ticket
     * @return a claim with that ticket alone, or empty if it has not FAILED
     */
    public Optional<TicketClaim> claimFailed(UUID ticketId) {
        return orders.run(connection -> {
            try (PreparedStatement claim = connection.prepareStatement(CLAIM_FAILED);
                    PreparedStatement failed = connection.prepareStatement(FAILED)) {
                claim.setObject(1, ticketId);
                failed.setObject(1, ticketId);
                try (ResultSet claimed = claim.executeQuery();
                        ResultSet row = failed.executeQuery()) {
                    return claimed.next() && row.next()
                            ? Optional.of(new TicketClaim(
                                    claimed.getLong("claim"), claimed.getInt("product_id"), List.of(order(row))))
                            : Optional.empty();
                }
            }
        });
    }

    /**
     * Tells which tickets need their takings no more.
     *
     * @param ticketIds tickets of the claimed product
     * @return those that are READY, durably
     */
    public Set<UUID> readyAmong(Collection<UUID> ticketIds) {
        return orders.run(connection -> {
            Set<UUID> ready = new HashSet<>();
            try (PreparedStatement statement = connection.prepareStatement(READY_AMONG)) {
                statement.setArray(1, uuids(connection, ticketIds));
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        ready.add(row.getObject(1, UUID.class));
                    }
                }
            }
            return ready;
        });
    }

    /**
     * Ends tickets: writes the orders of those that have their stock, and tells the others why they have none.
     *
     * @param claim the claim of this transaction
     * @param granted those that have their stock
     * @param refused those that have none, and why
     * @param seconds how long the claim took until now
     */
    public void settle(TicketClaim claim, Collection<UUID> granted, Map<UUID, TicketReason> refused, double seconds) {
        orders.run(connection -> {
            if (!granted.isEmpty()) {
                writeOrders(connection, uuids(connection, granted));
            }
            if (!refused.isEmpty()) {
                refuse(connection, refused);
            }
            advance(connection, claim, seconds / Math.max(1, granted.size() + refused.size()));
            tell(connection, claim.productId());
            checkNow(connection);
            return null;
        });
    }

    private void writeOrders(Connection connection, Array granted) throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(WRITE_ORDERS);
                PreparedStatement call = connection.prepareStatement(CALL)) {
            write.setObject(1, clock.instant().atOffset(ZoneOffset.UTC));
            write.setArray(2, granted);
            write.executeUpdate();
            call.setArray(1, granted);
            call.executeUpdate();
        }
    }

    private static void refuse(Connection connection, Map<UUID, TicketReason> refused) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(REFUSE)) {
            statement.setArray(1, uuids(connection, refused.keySet()));
            statement.setArray(2, column(connection, "text", refused, reason -> reason.code()
                    .name()));
            statement.setArray(3, column(connection, "int4", refused, TicketQueue::pieces));
            statement.setArray(4, column(connection, "text", refused, reason -> reason.words()
                    .orElse(null)));
            statement.executeUpdate();
        }
    }

    private static Integer pieces(TicketReason reason) {
        return reason.available().isPresent() ? reason.available().getAsInt() : null;
    }

    private static Array column(
            Connection connection, String type, Map<UUID, TicketReason> refused, Function<TicketReason, Object> value)
            throws SQLException {
        return connection.createArrayOf(
                type, refused.values().stream().map(value).toArray());
    }

    private static void advance(Connection connection, TicketClaim claim, double secondsEach) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADVANCE)) {
            statement.setArray(1, uuids(connection, claim.ticketIds()));
            statement.setDouble(2, secondsEach);
            statement.setDouble(3, secondsEach);
            statement.setInt(4, claim.productId());
            statement.executeUpdate();
        }
    }

    /** What is checked at the commit only would fail there without a reason that anybody could tell. */
    private static void checkNow(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET CONSTRAINTS ALL IMMEDIATE");
        }
    }

    private static void tell(Connection connection, int productId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TELL)) {
            statement.setString(1, Integer.toString(productId));
            statement.execute();
        }
    }

    /**
     * Notes that tickets could not be served for a reason of their own, in a transaction of its own, and lets other products have their
     * turn first. One that was served alone is tried again after a pause, and FAILED after {@value #ATTEMPTS_MAX} attempts.
     *
     * @param claim whose tickets these are; it must be over
     * @param words what the database said
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void blame(TicketClaim claim, String words) {
        orders.run(connection -> {
            postpone(connection, claim); // first the queue, as whoever serves it has it locked before its tickets
            try (PreparedStatement statement = connection.prepareStatement(BLAME)) {
                statement.setString(1, words);
                statement.setInt(2, ATTEMPTS_MAX);
                statement.setBoolean(3, claim.tickets().size() == 1);
                statement.setArray(4, uuids(connection, claim.ticketIds()));
                statement.executeUpdate();
            }
            tell(connection, claim.productId());
            return null;
        });
    }

    /**
     * Lets other products have their turn first, in a transaction of its own: these tickets could not be served for a passing reason.
     *
     * @param claim whose tickets these are; it must be over
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void postpone(TicketClaim claim) {
        orders.run(connection -> {
            postpone(connection, claim);
            return null;
        });
    }

    private static void postpone(Connection connection, TicketClaim claim) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(POSTPONE)) {
            statement.setInt(1, claim.productId());
            statement.executeUpdate();
        }
    }

    /**
     * Lets a ticket that FAILED wait again, in a transaction of its own; its number is still its number.
     *
     * @param ticketId the ticket
     * @return whether it had FAILED
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean retry(UUID ticketId) {
        return orders.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(RETRY)) {
                statement.setObject(1, ticketId);
                return statement.executeUpdate() == 1;
            }
        });
    }

    private static Array uuids(Connection connection, Collection<UUID> ids) throws SQLException {
        return connection.createArrayOf("uuid", ids.toArray());
    }
}
