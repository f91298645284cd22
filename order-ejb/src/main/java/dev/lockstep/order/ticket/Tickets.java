package dev.lockstep.order.ticket;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.OrderService;
import dev.lockstep.order.control.OrdersDatabase;
import dev.lockstep.order.control.OrdersSql;
import dev.lockstep.order.control.SqlState;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/**
 * Tickets as customers see them: given at once, called later. {@link TicketQueue} serves them.
 *
 * <p>{@code NOT_SUPPORTED}: tickets are given by one statement that is its own local transaction in the orders database, in one round trip.
 * That is what makes them quick, so no coordinator takes part and a caller's transaction is left alone.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Tickets {

    /** No NOTIFY here: commits with one wait for each other in PostgreSQL. */
    private static final String ISSUE = """
            WITH wish AS (
                SELECT * FROM unnest(?, ?, ?, ?) WITH ORDINALITY AS w (ticket_id, order_name, product_id, quantity, place)
                WHERE NOT EXISTS (SELECT FROM customer_order AS o WHERE o.order_id = w.ticket_id)),
            queue AS (
                INSERT INTO ticket_queue (product_id) SELECT DISTINCT product_id FROM wish ON CONFLICT DO NOTHING)
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
            FROM ticket AS t
            LEFT JOIN ticket_queue AS q ON q.product_id = t.product_id
            LEFT JOIN customer_order AS o ON o.order_id = t.ticket_id AND t.state = 'READY'
            """;

    private static final String BY_ID = TICKETS + "WHERE t.ticket_id = ANY (?)";

    private static final String FAILED =
            TICKETS + "WHERE t.state = 'FAILED' AND t.ticket_number < ? ORDER BY t.ticket_number DESC LIMIT ?";

    /** The states are no parameters: only with the words themselves the planner sees that the indexes of such tickets will do. */
    private static final String TOTALS = """
            SELECT (SELECT count(*) FROM ticket WHERE state = 'WAITING') AS waiting,
                   (SELECT count(*) FROM ticket WHERE state = 'FAILED') AS failed,
                   (SELECT count(*) FROM ticket_queue) AS queues
            """;

    private static final String QUEUES = """
            SELECT product_id, waiting, called, seconds_each
            FROM ticket_queue AS q
            CROSS JOIN LATERAL (SELECT count(*) AS waiting FROM ticket AS t
                                WHERE t.product_id = q.product_id AND t.state = 'WAITING') AS w
            WHERE product_id >= ?
            ORDER BY product_id LIMIT ?
            """;

    /**
     * {@link #ISSUE} locks the table against this LOCK until its commit. So no customer is getting a ticket in a queue that is deleted. If one
     * is getting a ticket, then LOCK fails at once and nothing is forgotten this time.
     *
     * <p>A worker between its claim and its ADVANCE ({@link TicketQueue}) has the table in ROW SHARE mode only, which LOCK does not conflict
     * with. Its queue stays nevertheless. Until the worker commits, the DELETE's snapshot shows the claimed ticket as WAITING or FAILED.
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

    /** Whoever writes such a row, prepared or not, has the table locked so until the outcome is known to all. */
    private static final String IS_BEING_WRITTEN = """
            SELECT EXISTS (
                SELECT FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database AND d.datname = current_database()
                WHERE l.relation = 'ticket'::regclass AND l.mode = 'RowExclusiveLock' AND l.granted)
            """;

    private final OrdersSql orders;
    private final TransactionSynchronizationRegistry transaction;

    /** For the container's proxy (EJB 4.0 asks for it). */
    public Tickets() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param orders the orders database
     * @param transaction the transaction of the calling thread
     */
    @Inject
    public Tickets(@OrdersDatabase OrdersSql orders, @OrdersDatabase TransactionSynchronizationRegistry transaction) {
        this.orders = orders;
        this.transaction = transaction;
    }

    /**
     * Gives tickets, durably: all, or none if the database refuses.
     *
     * @param wanted what is wanted, in the order of the numbers to be given; not empty
     * @return the new tickets, waiting, their places not looked up; none for an id for which one was given before, or which an order has
     */
    public List<Ticket> issue(List<NewOrder> wanted) {
        return orders.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(ISSUE)) {
                statement.setArray(1, column(connection, "uuid", wanted, NewOrder::orderId));
                statement.setArray(2, column(connection, "text", wanted, NewOrder::orderName));
                statement.setArray(3, column(connection, "int4", wanted, NewOrder::productId));
                statement.setArray(4, column(connection, "int4", wanted, NewOrder::quantity));
                return read(statement);
            }
        });
    }

    private static Array column(
            Connection connection, String type, List<NewOrder> wanted, Function<NewOrder, Object> value)
            throws SQLException {
        return connection.createArrayOf(type, wanted.stream().map(value).toArray());
    }

    /**
     * Finds a ticket.
     *
     * @param ticketId its id, not null
     * @return the ticket, or empty if none is given; {@link #isUndecided} tells whether one may yet be
     */
    public Optional<Ticket> ticket(UUID ticketId) {
        return tickets(List.of(ticketId)).stream().findFirst();
    }

    /**
     * Finds tickets, all at the same moment.
     *
     * @param ticketIds their ids
     * @return those that are given, in no order
     */
    public List<Ticket> tickets(Collection<UUID> ticketIds) {
        return orders.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(BY_ID)) {
                statement.setArray(1, connection.createArrayOf("uuid", ticketIds.toArray()));
                return read(statement);
            }
        });
    }

    /**
     * Lists the tickets that wait for an operator.
     *
     * @param before only those with a lower number
     * @param limit how many at most, 1 or more
     * @return those that FAILED, the highest number first
     */
    public List<Ticket> failed(long before, int limit) {
        return orders.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FAILED)) {
                statement.setLong(1, before);
                statement.setInt(2, limit);
                return read(statement);
            }
        });
    }

    private static List<Ticket> read(PreparedStatement statement) throws SQLException {
        List<Ticket> tickets = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                tickets.add(ticket(row));
            }
        }
        return tickets;
    }

    private static Ticket ticket(ResultSet row) throws SQLException {
        NewOrder order = new NewOrder(
                row.getObject("ticket_id", UUID.class),
                row.getString("order_name"),
                row.getInt("product_id"),
                row.getInt("quantity"));
        Long place = row.getObject("place", Long.class);
        return new Ticket(
                order,
                row.getLong("ticket_number"),
                instant(row, "given_at"),
                TicketState.valueOf(row.getString("state")),
                row.getInt("attempts"),
                reason(row),
                Optional.ofNullable(row.getObject("create_time", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                place == null ? OptionalLong.empty() : OptionalLong.of(place),
                row.getLong("called"),
                secondsEach(row));
    }

    /** A server of an earlier version has left words alone: of an operator if the ticket has ended, else of a database. */
    private static Optional<TicketReason> reason(ResultSet row) throws SQLException {
        String code = row.getString("reason_code");
        Optional<String> words = Optional.ofNullable(row.getString("reason"));
        if (code == null) {
            boolean isSoldOut = row.getString("state").equals(TicketState.SOLD_OUT.name());
            return words.map(isSoldOut ? TicketReason::refused : TicketReason::rejected);
        }
        Integer available = row.getObject("available", Integer.class);
        return Optional.of(new TicketReason(
                TicketReason.Code.valueOf(code),
                available == null ? OptionalInt.empty() : OptionalInt.of(available),
                words));
    }

    private static OptionalDouble secondsEach(ResultSet row) throws SQLException {
        Double seconds = row.getObject("seconds_each", Double.class);
        return seconds == null ? OptionalDouble.empty() : OptionalDouble.of(seconds);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /**
     * Tells whether a statement that gives a ticket with this id is still under way, though its request is not: the connection may have
     * been lost. As {@link OrderService#isUndecided} does, by an insert of the same key that is rolled back, and only if somebody is
     * writing tickets.
     *
     * @param ticketId its id, not null
     * @return whether the ticket may yet be given; if not, a read made after this call tells the truth
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean isUndecided(UUID ticketId) {
        try {
            return orders.run(connection -> isBeingWritten(connection) && isLocked(connection, ticketId));
        } finally {
            transaction.setRollbackOnly();
        }
    }

    private static boolean isBeingWritten(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(IS_BEING_WRITTEN);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static boolean isLocked(Connection connection, UUID ticketId) throws SQLException {
        try (Statement bound = connection.createStatement()) {
            bound.execute("SET LOCAL lock_timeout = '100ms'");
        }
        try (PreparedStatement probe =
                connection.prepareStatement("INSERT INTO ticket (ticket_id, order_name, product_id, quantity)"
                        + " VALUES (?, 'probe', 0, 1) ON CONFLICT (ticket_id) DO NOTHING")) {
            probe.setObject(1, ticketId);
            probe.executeUpdate();
            return false;
        } catch (SQLException e) {
            if (SqlState.LOCK_NOT_AVAILABLE.isReasonOf(e)) {
                return true;
            }
            throw e;
        }
    }

    /**
     * Lists queues. One that nobody has used for an hour may be forgotten.
     *
     * @param from the lowest product
     * @param limit how many at most, 1 or more
     * @return those of products for which a ticket was given, by ascending product
     */
    public List<QueueLength> queues(int from, int limit) {
        return orders.run(connection -> {
            List<QueueLength> queues = new ArrayList<>();
            try (PreparedStatement statement = connection.prepareStatement(QUEUES)) {
                statement.setInt(1, from);
                statement.setInt(2, limit);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        queues.add(new QueueLength(
                                row.getInt("product_id"),
                                row.getLong("waiting"),
                                row.getLong("called"),
                                secondsEach(row)));
                    }
                }
            }
            return queues;
        });
    }

    /**
     * Counts tickets.
     *
     * @param state WAITING or FAILED; other states have no index
     * @return how many are in it
     */
    public long count(TicketState state) {
        return orders.run(connection -> {
            // The state is no parameter, for the reason told at TOTALS.
            try (PreparedStatement statement =
                            connection.prepareStatement("SELECT count(*) FROM ticket WHERE state = '" + state + "'");
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /**
     * Finds a queue.
     *
     * @param productId its product
     * @return the queue, or empty if no ticket was given for the product, or for so long that it is forgotten
     */
    public Optional<QueueLength> queue(int productId) {
        return queues(productId, 1).stream()
                .filter(queue -> queue.productId() == productId)
                .findFirst();
    }

    /** {@return how many tickets have not ended, and how many queues there are} */
    public TicketTotals totals() {
        return orders.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(TOTALS);
                    ResultSet row = statement.executeQuery()) {
                row.next();
                return new TicketTotals(row.getLong("waiting"), row.getLong("failed"), row.getLong("queues"));
            }
        });
    }

    /**
     * Forgets the queues in which no ticket waits, for its number or an operator, and none was called for an hour: what was called last
     * there, and how long it took. If somebody is giving a ticket just now, then nothing is forgotten. A queue that a worker is serving stays.
     */
    public void forgetIdleQueues() {
        orders.run(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(FORGET);
            }
        });
    }

    /**
     * Tells all instances something, by NOTIFY.
     *
     * @param channel what it is about
     */
    public void tell(String channel) {
        orders.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement("SELECT pg_notify(?, '')")) {
                statement.setString(1, channel);
                return statement.execute();
            }
        });
    }
}
