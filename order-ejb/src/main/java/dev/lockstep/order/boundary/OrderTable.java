package dev.lockstep.order.boundary;

import dev.lockstep.order.control.Statements;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/** Orders, several at once, on one connection. A method is a statement and decides nothing. For one thread, and no longer than the connection. */
final class OrderTable {

    /**
     * An id that another transaction is writing is waited for. They are written by ascending id, so two transactions with the same ids never wait for each
     * other in a circle; and for no longer than a second, since others wait, too. Of an id that comes twice the first is written. The archive is asked
     * before, since its trigger would refuse them all.
     */
    private static final String WRITE = """
            INSERT INTO customer_order (order_id, order_name, create_time, product_id, quantity)
            SELECT w.order_id, w.order_name, ?, w.product_id, w.quantity
            FROM unnest(?, ?, ?, ?) WITH ORDINALITY AS w (order_id, order_name, product_id, quantity, place)
            WHERE set_config('lock_timeout', '1s', true) = '1s'
              AND NOT EXISTS (SELECT FROM order_archive AS a WHERE a.order_id = w.order_id)
            ORDER BY w.order_id, w.place
            ON CONFLICT (order_id) DO NOTHING
            RETURNING order_id
            """;

    private static final String WRITTEN =
            "SELECT order_id, order_name, create_time, product_id, quantity FROM placed_order WHERE order_id = ANY (?)";

    private final Statements sql;

    OrderTable(Connection connection) {
        this.sql = new Statements(connection);
    }

    /** Returns the ids of those that are written now; the others were before, archived or not. */
    Set<UUID> write(List<NewOrder> orders, Instant createTime) throws SQLException {
        return new HashSet<>(sql.rows(
                WRITE,
                row -> row.getObject(1, UUID.class),
                createTime.atOffset(ZoneOffset.UTC),
                column("uuid", orders, NewOrder::orderId),
                column("text", orders, NewOrder::orderName),
                column("int4", orders, NewOrder::productId),
                column("int4", orders, NewOrder::quantity)));
    }

    /** Those that are committed, archived or not, in no order. */
    List<PlacedOrder> written(Collection<UUID> orderIds) throws SQLException {
        return sql.rows(WRITTEN, OrderTable::placed, sql.array("uuid", orderIds));
    }

    private static PlacedOrder placed(ResultSet row) throws SQLException {
        return new PlacedOrder(
                row.getObject("order_id", UUID.class),
                row.getString("order_name"),
                row.getObject("create_time", OffsetDateTime.class).toInstant(),
                row.getInt("product_id"),
                row.getInt("quantity"));
    }

    private Array column(String type, List<NewOrder> orders, Function<NewOrder, Object> value) throws SQLException {
        return sql.array(type, orders.stream().map(value).toList());
    }
}
