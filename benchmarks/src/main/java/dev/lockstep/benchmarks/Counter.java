package dev.lockstep.benchmarks;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import org.postgresql.xa.PGXADataSource;

/** A connection to each database, and what a bare loop does with them. For one thread at a time. */
final class Counter implements AutoCloseable {

    private static final String TAKE =
            "UPDATE product SET product_nums = product_nums - ? WHERE product_id = ? AND product_nums >= ?";

    private static final String WRITE =
            "INSERT INTO customer_order (order_id, order_name, create_time, product_id, quantity)"
                    + " VALUES (?, 'Benchmark', now(), ?, ?)";

    /** Rows are locked in ascending order, so that two counters cannot wait for each other. */
    private static final String TAKE_ALL = """
            WITH wanted AS MATERIALIZED (
                SELECT product_id, sum(quantity) AS quantity FROM unnest(?, ?) AS w (product_id, quantity) GROUP BY product_id),
            locked AS MATERIALIZED (
                SELECT product_id FROM product WHERE product_id IN (SELECT product_id FROM wanted) ORDER BY product_id FOR UPDATE)
            UPDATE product AS p SET product_nums = p.product_nums - w.quantity
            FROM locked AS l JOIN wanted AS w USING (product_id) WHERE p.product_id = l.product_id
            """;

    private static final String WRITE_ALL = """
            INSERT INTO customer_order (order_id, order_name, create_time, product_id, quantity)
            SELECT order_id, 'Benchmark', now(), product_id, quantity FROM unnest(?, ?, ?) AS w (order_id, product_id, quantity)
            """;

    private final Branch product;
    private final Branch orders;
    private final PreparedStatement take;
    private final PreparedStatement write;
    private final PreparedStatement takeAll;
    private final PreparedStatement writeAll;

    Counter(PGXADataSource productDatabase, PGXADataSource ordersDatabase) throws SQLException {
        product = new Branch(productDatabase);
        orders = new Branch(ordersDatabase);
        take = product.statement(TAKE);
        write = orders.statement(WRITE);
        takeAll = product.statement(TAKE_ALL);
        writeAll = orders.statement(WRITE_ALL);
    }

    /** An order of a bare loop. */
    record Wish(UUID id, int productId, int quantity) {}

    /** Two local commits: if the second fails, the databases differ. */
    void placeByTwoCommits(Wish wish) throws SQLException {
        take(wish);
        write(wish);
    }

    /** One two-phase commit: four forced writes, none by a coordinator, so nobody could recover it. */
    void placeInTwoPhases(Wish wish) throws SQLException, XAException {
        Xid xid = Branch.xid(wish.id());
        product.start(xid);
        take(wish);
        product.end(xid);
        orders.start(xid);
        write(wish);
        orders.end(xid);
        commit(xid);
    }

    /** One two-phase commit for all of them. */
    void placeTogether(List<Wish> wishes) throws SQLException, XAException {
        Xid xid = Branch.xid(wishes.get(0).id());
        product.start(xid);
        takeAll.setArray(1, product.array("int4", each(wishes, Wish::productId)));
        takeAll.setArray(2, product.array("int4", each(wishes, Wish::quantity)));
        require(
                takeAll.executeUpdate(),
                wishes.stream().map(Wish::productId).distinct().count(),
                "products");
        product.end(xid);
        orders.start(xid);
        writeAll.setArray(1, orders.array("uuid", each(wishes, Wish::id)));
        writeAll.setArray(2, orders.array("int4", each(wishes, Wish::productId)));
        writeAll.setArray(3, orders.array("int4", each(wishes, Wish::quantity)));
        require(writeAll.executeUpdate(), wishes.size(), "orders");
        orders.end(xid);
        commit(xid);
    }

    private static Object[] each(List<Wish> wishes, Function<Wish, Object> part) {
        return wishes.stream().map(part).toArray();
    }

    private void take(Wish wish) throws SQLException {
        take.setInt(1, wish.quantity());
        take.setInt(2, wish.productId());
        take.setInt(3, wish.quantity());
        require(take.executeUpdate(), 1, "products");
    }

    private void write(Wish wish) throws SQLException {
        write.setObject(1, wish.id());
        write.setInt(2, wish.productId());
        write.setInt(3, wish.quantity());
        require(write.executeUpdate(), 1, "orders");
    }

    private void commit(Xid xid) throws XAException {
        product.prepare(xid);
        orders.prepare(xid);
        product.commit(xid);
        orders.commit(xid);
    }

    private static void require(int changed, long expected, String what) {
        if (changed != expected) {
            throw new IllegalStateException("Changed " + changed + " " + what + ", expected " + expected);
        }
    }

    @Override
    public void close() throws SQLException {
        product.close();
        orders.close();
    }
}
