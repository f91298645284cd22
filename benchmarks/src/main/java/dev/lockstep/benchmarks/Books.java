package dev.lockstep.benchmarks;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Both databases, looked at from outside of the server; only while nothing is measured. */
final class Books {

    private static final Duration SERVING_LIMIT = Duration.ofMinutes(5);
    private static final Duration DOUBT_LIMIT = Duration.ofSeconds(20);
    private static final int OLD_PRODUCTS = 1000;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

    private final DataSource product;
    private final DataSource orders;
    private int nextProduct = 1;

    Books(DataSource product, DataSource orders) {
        this.product = product;
        this.orders = orders;
    }

    /** Brings new products to the shop. */
    Shelf shelf(int size) throws SQLException {
        Shelf shelf = new Shelf(nextProduct, size);
        nextProduct += size;
        try (Connection connection = product.getConnection();
                PreparedStatement insert = connection.prepareStatement("INSERT INTO product (product_id, product_name,"
                        + " product_nums) SELECT id, 'Benchmark ' || id, ? FROM generate_series(?, ?) AS id")) {
            insert.setInt(1, Shelf.STOCK_OF_EACH);
            insert.setInt(2, shelf.first());
            insert.setInt(3, shelf.last());
            insert.executeUpdate();
        }
        return shelf;
    }

    /** Lets the shop have an earlier life: orders of one piece each, of products that nobody wants any more. */
    void load(int count) throws SQLException {
        Shelf old = shelf(OLD_PRODUCTS);
        update(
                orders,
                "INSERT INTO customer_order (order_id, order_name, create_time, product_id, quantity)"
                        + " SELECT gen_random_uuid(), 'Benchmark', now() - i * interval '10 ms', ? + i % ?, 1"
                        + " FROM generate_series(1, ?) AS i",
                old.first(),
                old.size(),
                count);
        update(product, "UPDATE product SET product_nums = product_nums - ?" + on(old), count / old.size());
        for (DataSource database : List.of(product, orders)) {
            update(database, "VACUUM (ANALYZE)");
        }
    }

    private static void update(DataSource database, String sql, int... values) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setInt(i + 1, values[i]);
            }
            statement.execute();
        }
    }

    /** Waits until no ticket for these products waits; one that then is not ready is found by {@link #errors}. */
    void awaitServed(Shelf shelf) throws SQLException {
        long begin = System.nanoTime();
        while (number(orders, "SELECT count(*) FROM ticket" + on(shelf) + " AND state = 'WAITING'") > 0
                && System.nanoTime() - begin < SERVING_LIMIT.toNanos()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
    }

    /** Lets the orders of a product be found in a table of millions; only when nothing is measured any more, and by the tables' owner. */
    void index() throws SQLException {
        try (Connection connection = orders.getConnection();
                PreparedStatement index =
                        connection.prepareStatement("CREATE INDEX ON customer_order (product_id) INCLUDE (quantity)")) {
            index.execute();
        }
    }

    /** {@return what is wrong: nothing if each yes exists once, and each product's stock lacks what was ordered of it} */
    List<String> errors(Round round) throws SQLException {
        Load load = round.load();
        Shelf shelf = round.shelf();
        long yes = load.placed().size();
        long no = load.refusals().size();
        List<String> errors = new ArrayList<>();
        require(errors, yes, new HashSet<>(load.placed()).size(), "ids of their own in the answers");
        require(errors, yes, written(load.placed(), "customer_order WHERE order_id"), "orders by these ids");
        long all = number(orders, "SELECT count(*) FROM customer_order" + on(shelf));
        if (all < yes || all > yes + no) {
            errors.add(all + " orders of these products are written, " + yes + " had a yes and " + no + " a no");
        }
        Map<Integer, Long> ordered = pieces(
                orders, "SELECT product_id, sum(quantity) FROM customer_order" + on(shelf) + " GROUP BY product_id");
        Map<Integer, Long> taken = pieces(
                product,
                "SELECT product_id, product_initial - product_nums FROM product" + on(shelf)
                        + " AND product_nums <> product_initial");
        Stream.concat(ordered.keySet().stream(), taken.keySet().stream())
                .distinct()
                .sorted()
                .forEach(id -> require(
                        errors,
                        taken.getOrDefault(id, 0L),
                        ordered.getOrDefault(id, 0L),
                        "pieces of product " + id + " ordered, by what its stock lacks"));
        if (no == 0) {
            require(
                    errors,
                    load.pieces(),
                    ordered.values().stream().mapToLong(Long::longValue).sum(),
                    "pieces ordered, by what the clients had a yes for");
        }
        if (round.candidate().world() == World.TICKETS) {
            require(errors, yes, written(load.placed(), "ticket WHERE state = 'READY' AND ticket_id"), "tickets ready");
        }
        return errors;
    }

    /** {@return what is still prepared a while after the last answer: nothing if all is well} */
    List<String> doubts() throws SQLException {
        String prepared = "SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()";
        long begin = System.nanoTime();
        long left = number(product, prepared) + number(orders, prepared);
        while (left > 0 && System.nanoTime() - begin < DOUBT_LIMIT.toNanos()) {
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
            left = number(product, prepared) + number(orders, prepared);
        }
        return left == 0 ? List.of() : List.of(left + " branches are in doubt");
    }

    private static void require(List<String> errors, long expected, long found, String what) {
        if (found != expected) {
            errors.add("expected " + expected + " " + what + ", found " + found);
        }
    }

    private static String on(Shelf shelf) {
        return " WHERE product_id BETWEEN " + shelf.first() + " AND " + shelf.last();
    }

    private long written(List<UUID> ids, String where) throws SQLException {
        try (Connection connection = orders.getConnection();
                PreparedStatement count = connection.prepareStatement("SELECT count(*) FROM " + where + " = ANY (?)")) {
            count.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            return number(count);
        }
    }

    /** {@return what both databases have written so far} */
    Writes writes() throws SQLException {
        return Writes.of(product).and(Writes.of(orders));
    }

    /** {@return a server's setting} */
    String setting(String name) throws SQLException {
        try (Connection connection = orders.getConnection();
                PreparedStatement show = connection.prepareStatement("SELECT current_setting(?)")) {
            show.setString(1, name);
            try (ResultSet row = show.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private static Map<Integer, Long> pieces(DataSource database, String query) throws SQLException {
        Map<Integer, Long> pieces = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                pieces.put(row.getInt(1), row.getLong(2));
            }
        }
        return pieces;
    }

    private static long number(DataSource database, String query) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(query)) {
            return number(statement);
        }
    }

    private static long number(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
