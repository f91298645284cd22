package dev.lockstep.lab.hold.control;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;

/** Reads both rows as anybody else would, with plain reads that wait for nobody. Thread-safe. */
@ApplicationScoped
public class DatabaseReader implements OtherReader {

    /** The version of the row that a plain read sees names in {@code xmax} the transaction that has replaced or locked it. */
    private static final String PRODUCT = """
            SELECT product_nums, product.xmax AS xid, pid, application_name, gid
            FROM product
            LEFT JOIN pg_stat_activity ON backend_xid = product.xmax
            LEFT JOIN pg_prepared_xacts ON transaction = product.xmax
            WHERE product_id = ?
            """;

    /** A row that is not there has no {@code xmax}, so the transaction's own number must be known. */
    private static final String ORDER = """
            SELECT EXISTS (SELECT FROM customer_order WHERE order_id = ?) AS is_there,
                   xid, pid, application_name, gid
            FROM (VALUES (CAST(? AS xid))) AS writer (xid)
            LEFT JOIN pg_stat_activity ON backend_xid = xid
            LEFT JOIN pg_prepared_xacts ON transaction = xid
            """;

    @Resource(lookup = "jdbc/product")
    DataSource product;

    @Resource(lookup = "jdbc/orders")
    DataSource orders;

    @Override
    public Reading read(Hold hold) throws SQLException {
        Optional<Integer> stock;
        Optional<RowLock> productLock;
        try (Connection connection = product.getConnection();
                PreparedStatement look = connection.prepareStatement(PRODUCT)) {
            look.setInt(1, hold.order().productId());
            try (ResultSet row = look.executeQuery()) {
                boolean isThere = row.next();
                stock = isThere ? Optional.of(row.getInt("product_nums")) : Optional.empty();
                productLock = isThere ? lock(row) : Optional.empty();
            }
        }
        try (Connection connection = orders.getConnection();
                PreparedStatement look = connection.prepareStatement(ORDER)) {
            look.setObject(1, hold.orderId());
            look.setString(2, hold.writers().map(Writers::ordersXid).orElse(null));
            try (ResultSet row = look.executeQuery()) {
                row.next();
                return new Reading(stock, productLock, row.getBoolean("is_there"), lock(row));
            }
        }
    }

    /** A number whose transaction is neither at work nor prepared is a trace of an earlier one. */
    private static Optional<RowLock> lock(ResultSet row) throws SQLException {
        Optional<Integer> pid = Optional.ofNullable(row.getObject("pid", Integer.class));
        Optional<String> gid = Optional.ofNullable(row.getString("gid"));
        if (pid.isEmpty() && gid.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new RowLock(row.getString("xid"), pid, Optional.ofNullable(row.getString("application_name")), gid));
    }

    @Override
    public Writers writers() {
        return new Writers(xid(product), xid(orders));
    }

    private static String xid(DataSource database) {
        try (Connection connection = database.getConnection();
                PreparedStatement look = connection.prepareStatement("SELECT pg_current_xact_id()::xid");
                ResultSet row = look.executeQuery()) {
            row.next();
            return row.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException("The transaction's number cannot be read", e);
        }
    }
}
