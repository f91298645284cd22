package dev.lockstep.product.boundary;

import dev.lockstep.product.control.ProductDatabase;
import dev.lockstep.product.control.ProductSql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Takes stock for tickets, once for each however often it is tried.
 *
 * <p>{@code REQUIRES_NEW}: a transaction of the product database alone, so a caller's is suspended. What makes it safe to repeat is the
 * table {@code ticket_taking}, one row a ticket that has its stock, and the number of the claim: <em>it must be higher than the last one that
 * was used for the product</em>. A row may be deleted when its ticket is READY, and only by somebody with a claim. From then on nobody can
 * take again for that ticket: with a later claim its ticket was read after it had become READY, and with an earlier one, by a server that
 * was stopped meanwhile and lost its claim, the number is refused.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
public class TicketStock {

    /** A server that was stopped in the middle must not keep the product: PostgreSQL ends its session. */
    private static final String LOCK = """
            SELECT product_nums, set_config('idle_in_transaction_session_timeout', '5s', true)
            FROM product WHERE product_id = ? FOR NO KEY UPDATE
            """;

    private static final String USE_CLAIM = """
            INSERT INTO ticket_stock (product_id, last_claim) VALUES (?, ?)
            ON CONFLICT (product_id) DO UPDATE SET last_claim = EXCLUDED.last_claim
            WHERE ticket_stock.last_claim < EXCLUDED.last_claim
            """;

    private static final String TAKINGS = "SELECT ticket_id FROM ticket_taking WHERE product_id = ?";

    private static final String TAKE = """
            WITH taking AS (
                INSERT INTO ticket_taking (ticket_id, product_id, quantity)
                SELECT id, ?, pieces FROM unnest(?, ?) AS granted (id, pieces)
                RETURNING quantity),
            stock AS (
                UPDATE ticket_stock SET taken = taken + (SELECT sum(quantity) FROM taking) WHERE product_id = ?)
            UPDATE product SET product_nums = product_nums - (SELECT sum(quantity) FROM taking) WHERE product_id = ?
            """;

    private static final String FORGET = "DELETE FROM ticket_taking WHERE ticket_id = ANY (?)";

    private static final String GIVE_BACK = """
            WITH taking AS (DELETE FROM ticket_taking WHERE ticket_id = ANY (?) RETURNING quantity),
            back AS (SELECT sum(quantity) AS pieces FROM taking HAVING count(*) > 0),
            stock AS (
                UPDATE ticket_stock SET taken = taken - pieces FROM back WHERE product_id = ?)
            UPDATE product SET product_nums = product_nums + pieces FROM back WHERE product_id = ?
            """;

    private final ProductSql products;

    /** For the container's proxy (EJB 4.0 asks for it). */
    public TicketStock() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param products the product database
     */
    @Inject
    public TicketStock(@ProductDatabase ProductSql products) {
        this.products = products;
    }

    /**
     * Lists the tickets that have their stock and are not known to be READY.
     *
     * @param productId a product
     * @return their ids
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public Set<UUID> takings(int productId) {
        return products.run(connection -> takings(connection, productId));
    }

    /**
     * Takes stock for tickets in their order, as far as it lasts: one that wants more than is left gets none, and the next has its turn.
     *
     * @param taking what is wanted
     * @return what was granted
     * @throws StaleClaimException if a later claim was used
     */
    public TicketTaking.Result take(TicketTaking taking) {
        return products.run(connection -> {
            use(connection, taking.productId(), taking.claim()); // first: also for a product that there is not yet
            int left = lock(connection, taking.productId());
            if (left < 0) {
                return new TicketTaking.Result(List.of(), 0, false);
            }
            Set<UUID> before = takings(connection, taking.productId());
            List<UUID> granted = new ArrayList<>();
            List<UUID> fresh = new ArrayList<>();
            List<Integer> pieces = new ArrayList<>();
            for (Map.Entry<UUID, Integer> wanted : taking.wanted().entrySet()) {
                if (before.contains(wanted.getKey())) {
                    granted.add(wanted.getKey());
                } else if (wanted.getValue() <= left) {
                    left -= wanted.getValue();
                    granted.add(wanted.getKey());
                    fresh.add(wanted.getKey());
                    pieces.add(wanted.getValue());
                }
            }
            if (!fresh.isEmpty()) {
                take(connection, taking.productId(), fresh, pieces);
            }
            if (!taking.ended().isEmpty()) {
                forget(connection, taking.ended());
            }
            return new TicketTaking.Result(granted, left, true);
        });
    }

    /**
     * Gives the pieces of tickets back, if they have any.
     *
     * @param productId the tickets' product
     * @param claim the number of the claim by which the tickets are refused
     * @param ticketIds the tickets, which get nothing afterwards
     * @throws StaleClaimException if a later claim was used
     */
    public void giveBack(int productId, long claim, Collection<UUID> ticketIds) {
        products.run(connection -> {
            use(connection, productId, claim);
            if (lock(connection, productId) >= 0) {
                try (PreparedStatement statement = connection.prepareStatement(GIVE_BACK)) {
                    statement.setArray(1, uuids(connection, ticketIds));
                    statement.setInt(2, productId);
                    statement.setInt(3, productId);
                    statement.executeUpdate();
                }
            }
            return null;
        });
    }

    /** {@return the ids of all products there are, ascending} */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public int[] productIds() {
        return products.run(connection -> {
            IntStream.Builder ids = IntStream.builder();
            try (PreparedStatement statement = connection.prepareStatement("SELECT product_id FROM product");
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getInt(1));
                }
            }
            return ids.build().sorted().toArray();
        });
    }

    /** Returns the stock, -1 if there is no such product. */
    private static int lock(Connection connection, int productId) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOCK)) {
            statement.setInt(1, productId);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getInt("product_nums") : -1;
            }
        }
    }

    private static void use(Connection connection, int productId, long claim) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(USE_CLAIM)) {
            statement.setInt(1, productId);
            statement.setLong(2, claim);
            if (statement.executeUpdate() == 0) {
                throw new StaleClaimException(productId, claim);
            }
        }
    }

    private static Set<UUID> takings(Connection connection, int productId) throws SQLException {
        Set<UUID> takings = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement(TAKINGS)) {
            statement.setInt(1, productId);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    takings.add(row.getObject(1, UUID.class));
                }
            }
        }
        return takings;
    }

    private static void take(Connection connection, int productId, List<UUID> tickets, List<Integer> pieces)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(TAKE)) {
            statement.setInt(1, productId);
            statement.setArray(2, uuids(connection, tickets));
            statement.setArray(3, connection.createArrayOf("int4", pieces.toArray()));
            statement.setInt(4, productId);
            statement.setInt(5, productId);
            statement.executeUpdate();
        }
    }

    private static void forget(Connection connection, Set<UUID> tickets) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORGET)) {
            statement.setArray(1, uuids(connection, tickets));
            statement.executeUpdate();
        }
    }

    private static Array uuids(Connection connection, Collection<UUID> ids) throws SQLException {
        return connection.createArrayOf("uuid", ids.toArray());
    }
}
