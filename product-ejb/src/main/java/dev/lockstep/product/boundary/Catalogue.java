package dev.lockstep.product.boundary;

import dev.lockstep.product.control.ProductDatabase;
import dev.lockstep.product.control.ProductSql;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The products as shoppers leaf through them, a page at a time by ascending id, however many there are. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Catalogue {

    private static final String PAGE = """
            SELECT product_id, product_name, product_nums, product_initial FROM product
            WHERE product_id > ? ORDER BY product_id LIMIT ?
            """;

    private static final String FOUND = """
            SELECT product_id, product_name, product_nums, product_initial FROM product
            WHERE product_id > ? AND (product_name ILIKE ALL (?) OR product_id::text = ?) ORDER BY product_id LIMIT ?
            """;

    private static final String THESE = """
            SELECT product_id, product_name, product_nums, product_initial FROM product
            WHERE product_id = ANY (?) ORDER BY product_id
            """;

    private final ProductSql products;

    public Catalogue() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param products the product database
     */
    @Inject
    public Catalogue(@ProductDatabase ProductSql products) {
        this.products = products;
    }

    /**
     * Lists products.
     *
     * @param after only those with a greater id; {@link Integer#MIN_VALUE} for the first page
     * @param limit how many at most, 1 or more
     * @return products by ascending id
     */
    public List<StockItem> page(int after, int limit) {
        return products.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(PAGE)) {
                statement.setInt(1, after);
                statement.setInt(2, limit);
                return items(statement);
            }
        });
    }

    /**
     * Searches, which takes time in proportion to the number of products.
     *
     * @param search words, each of which is in the product's name, case ignored, or the product's id; not blank, without U+0000
     * @param after only those with a greater id; {@link Integer#MIN_VALUE} for the first page
     * @param limit how many at most, 1 or more
     * @return products by ascending id
     */
    public List<StockItem> found(String search, int after, int limit) {
        String[] words = Stream.of(search.strip().split("\\s+", -1))
                .map(word -> "%" + word.replaceAll("[\\\\%_]", "\\\\$0") + "%")
                .toArray(String[]::new);
        return products.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(FOUND)) {
                statement.setInt(1, after);
                statement.setArray(2, connection.createArrayOf("text", words));
                statement.setString(3, search.strip());
                statement.setInt(4, limit);
                return items(statement);
            }
        });
    }

    /**
     * Looks up products.
     *
     * @param ids their ids, in any order
     * @return those that there are, by ascending id
     */
    public List<StockItem> these(Collection<Integer> ids) {
        return products.run(connection -> {
            try (PreparedStatement statement = connection.prepareStatement(THESE)) {
                statement.setArray(1, connection.createArrayOf("int4", ids.toArray()));
                return items(statement);
            }
        });
    }

    private static List<StockItem> items(PreparedStatement statement) throws SQLException {
        List<StockItem> items = new ArrayList<>();
        try (ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                items.add(new StockItem(row.getInt(1), row.getString(2), row.getInt(3), row.getInt(4)));
            }
        }
        return items;
    }
}
