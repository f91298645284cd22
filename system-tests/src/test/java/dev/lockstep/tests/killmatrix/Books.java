package dev.lockstep.tests.killmatrix;

import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.settings.DatabaseSettings;
import dev.lockstep.participant.branch.BranchId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/** What is written in one database, read past Payara and past every network fault. Keeps a connection, and renews a broken one. */
public final class Books implements AutoCloseable {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final DataSource source;
    private Connection connection;

    /** The books of a database. */
    public Books(DatabaseSettings database) {
        this.source = Schema.dataSource(database);
    }

    /** A question to the database. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(ResultSet rows) throws SQLException;
    }

    /** The names of all prepared transactions, or empty if the database does not answer. */
    public Optional<List<String>> prepared() {
        try {
            return Optional.of(strings("SELECT gid FROM pg_prepared_xacts WHERE database = current_database()"));
        } catch (SQLException e) {
            return Optional.empty();
        }
    }

    /** The prepared branches that the participant named, of one coordinator. */
    Optional<List<BranchId>> preparedBy(String coordinator) {
        return prepared().map(gids -> gids.stream()
                .flatMap(gid -> BranchId.parse(gid).stream())
                .filter(branch -> branch.global().coordinator().startsWith(coordinator + ","))
                .toList());
    }

    /** Whether no session of the application's role stands in a transaction; not if the database does not answer. */
    public boolean isNobodyInATransaction() {
        try {
            return number(
                            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
                                    + " AND state LIKE 'idle in transaction%'")
                    == 0;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Whether a session of the application's role waits for a row. */
    boolean isSomebodyWaiting() {
        try {
            return number(
                            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = current_user"
                                    + " AND wait_event_type = 'Lock'")
                    > 0;
        } catch (SQLException e) {
            return false;
        }
    }

    /** Ends a prepared transaction by hand. */
    void rollBackPrepared(String gid) throws SQLException {
        update("ROLLBACK PREPARED '" + gid + "'");
    }

    /** The global ids of the transactions whose decisions are kept. */
    public List<String> decisions() throws SQLException {
        return strings("SELECT global_id FROM xa_decision");
    }

    /** Whether the decision of a transaction is kept. */
    boolean hasDecision(String globalId) throws SQLException {
        return number("SELECT count(*) FROM xa_decision WHERE global_id = ?", globalId) > 0;
    }

    /** Adds a product, or gives it this stock. */
    public void stock(int productId, int pieces) throws SQLException {
        update(
                "INSERT INTO product VALUES (?, 'Product of the kill matrix', ?) ON CONFLICT (product_id) DO UPDATE SET"
                        + " product_nums = excluded.product_nums, product_initial = product.product_initial"
                        + " + excluded.product_nums - product.product_nums",
                productId,
                pieces);
    }

    /** Brings more pieces of a product; waits while a branch in doubt has its row. */
    void restock(int productId, int pieces) throws SQLException {
        update("SET statement_timeout = '1min'"); // its role may have less, and nobody waits for ever
        update(
                "UPDATE product SET product_nums = product_nums + ?, product_initial = product_initial + ? WHERE product_id = ?",
                pieces,
                pieces,
                productId);
    }

    /** Holds a product's row until what is returned is closed. */
    Connection hold(int productId) throws SQLException {
        Connection holder = source.getConnection();
        holder.setAutoCommit(false);
        try (PreparedStatement lock =
                holder.prepareStatement("SELECT 1 FROM product WHERE product_id = ? FOR UPDATE")) {
            lock.setInt(1, productId);
            lock.execute();
        }
        return holder;
    }

    /** Keeps a whole table, so that whoever reads it waits, until the connection is closed. */
    Connection holdAll(String table) throws SQLException {
        Connection holder = source.getConnection();
        holder.setAutoCommit(false);
        try (Statement lock = holder.createStatement()) {
            lock.execute("LOCK TABLE " + table);
        }
        return holder;
    }

    /** The pieces in stock. */
    public long stockOf(int productId) throws SQLException {
        return number("SELECT product_nums FROM product WHERE product_id = ?", productId);
    }

    /** Whether a product's row is locked. */
    public boolean isLocked(int productId) throws SQLException {
        return isLocked("SELECT product_id FROM product WHERE product_id = ? FOR UPDATE NOWAIT", productId);
    }

    /** Whether somebody serves, or seems to serve, a product's tickets. */
    boolean isQueueLocked(int productId) throws SQLException {
        return isLocked("SELECT product_id FROM ticket_queue WHERE product_id = ? FOR UPDATE NOWAIT", productId);
    }

    private boolean isLocked(String query, int productId) throws SQLException {
        try {
            ask(query, ResultSet::next, productId);
            return false;
        } catch (SQLException e) {
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                return true;
            }
            throw e;
        }
    }

    /** The pieces in all orders of a product. */
    public long orderedOf(int productId) throws SQLException {
        return number("SELECT coalesce(sum(quantity), 0) FROM customer_order WHERE product_id = ?", productId);
    }

    /** The pieces in all orders of a product that came from tickets. */
    long orderedByTicketOf(int productId) throws SQLException {
        return number(
                "SELECT coalesce(sum(quantity), 0) FROM customer_order WHERE product_id = ? AND by_ticket", productId);
    }

    /** The pieces taken for tickets of a product. */
    long takenForTicketsOf(int productId) throws SQLException {
        return number("SELECT coalesce(sum(taken), 0) FROM ticket_stock WHERE product_id = ?", productId);
    }

    /** How many tickets wait. */
    long waitingTickets() throws SQLException {
        return number("SELECT count(*) FROM ticket WHERE state = 'WAITING'");
    }

    /** Tickets that are given and have come to nothing, or not to an end. */
    List<String> ticketsWithoutOrder(List<Integer> productIds) throws SQLException {
        return strings(
                "SELECT concat_ws(' ', state, ticket_id, reason) FROM ticket WHERE state <> 'READY' AND product_id = ANY (?)",
                (Object) productIds.toArray(Integer[]::new));
    }

    /** Tickets that were thought to be at fault, once or more often, and why if they still are. */
    List<String> blamedTickets(List<Integer> productIds) throws SQLException {
        return strings(
                "SELECT concat_ws(' ', ticket_id, attempts, reason) FROM ticket WHERE attempts > 0 AND product_id = ANY (?)",
                (Object) productIds.toArray(Integer[]::new));
    }

    /** Whether an order is committed. */
    public boolean hasOrder(UUID orderId) throws SQLException {
        return number("SELECT count(*) FROM customer_order WHERE order_id = ?", orderId) == 1;
    }

    /** All orders of some products. */
    public Set<UUID> ordersOf(List<Integer> productIds) throws SQLException {
        return ask(
                "SELECT order_id FROM customer_order WHERE product_id = ANY (?)",
                rows -> {
                    Set<UUID> orders = new HashSet<>();
                    while (rows.next()) {
                        orders.add(rows.getObject(1, UUID.class));
                    }
                    return orders;
                },
                (Object) productIds.toArray(Integer[]::new));
    }

    /** How many orders of some products were not by ticket. */
    long placedOf(List<Integer> productIds) throws SQLException {
        return number("SELECT count(*) FROM customer_order WHERE product_id = ANY (?) AND NOT by_ticket", (Object)
                productIds.toArray(Integer[]::new));
    }

    /** In how many transactions these were written. */
    long transactionsOf(List<Integer> productIds) throws SQLException {
        return number(
                "SELECT count(DISTINCT xmin::text) FROM customer_order WHERE product_id = ANY (?) AND NOT by_ticket",
                (Object) productIds.toArray(Integer[]::new));
    }

    /** A setting of the server. */
    String setting(String name) throws SQLException {
        return strings("SELECT current_setting('" + name + "')").get(0);
    }

    private List<String> strings(String query, Object... parameters) throws SQLException {
        return ask(
                query,
                rows -> {
                    List<String> found = new ArrayList<>();
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                    return found;
                },
                parameters);
    }

    private long number(String query, Object... parameters) throws SQLException {
        return ask(
                query,
                rows -> {
                    rows.next();
                    return rows.getLong(1);
                },
                parameters);
    }

    private <T> T ask(String query, Question<T> question, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection().prepareStatement(query)) {
            bind(statement, parameters);
            try (ResultSet rows = statement.executeQuery()) {
                return question.ask(rows);
            }
        }
    }

    private void update(String statement, Object... parameters) throws SQLException {
        try (PreparedStatement prepared = connection().prepareStatement(statement)) {
            bind(prepared, parameters);
            prepared.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }

    private synchronized Connection connection() throws SQLException {
        if (connection == null || !connection.isValid(1)) {
            close();
            connection = source.getConnection();
        }
        return connection;
    }

    @Override
    public synchronized void close() throws SQLException {
        if (connection != null) {
            connection.close();
        }
    }
}
