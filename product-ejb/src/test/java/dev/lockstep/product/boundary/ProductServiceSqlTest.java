package dev.lockstep.product.boundary;

import static dev.lockstep.product.boundary.StockFixtures.COFFEE;
import static dev.lockstep.product.boundary.StockFixtures.PRODUCTS;
import static dev.lockstep.product.boundary.StockFixtures.TEA;
import static dev.lockstep.product.boundary.StockFixtures.givenBack;
import static dev.lockstep.product.boundary.StockFixtures.product;
import static dev.lockstep.product.boundary.StockFixtures.taken;
import static dev.lockstep.product.boundary.StockFixtures.wanted;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lockstep.product.entity.Product;
import dev.lockstep.testing.LocalTransaction;
import jakarta.persistence.NamedNativeQuery;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SQL that JPA carries to the product database for the product service, without JPA, and what the tables see to by themselves. */
class ProductServiceSqlTest {

    private static final String ORDER = "UPDATE product SET product_nums = product_nums - 3 WHERE product_id = " + TEA;

    @BeforeEach
    void nothingIsLeft() {
        PRODUCTS.empty();
    }

    @Test
    void totals_ofNothing_areZero() {
        assertThat(totals()).isEqualTo("(0,0,0)");
    }

    @Test
    void totals_tellTakingsForTicketsFromOrders() {
        UUID ready = UUID.randomUUID();
        UUID refused = UUID.randomUUID();
        product(TEA, 10);
        product(COFFEE, 5);
        taken(TEA, 1, wanted(entry(ready, 4)));
        taken(TEA, 2, Map.of(), Set.of(ready));
        taken(COFFEE, 2, wanted(entry(refused, 1), entry(UUID.randomUUID(), 2)));
        givenBack(COFFEE, 3, refused);
        PRODUCTS.sql().execute(ORDER);
        assertThat(totals()).as("initial, stock, taken for tickets").isEqualTo("(15,6,6)");
    }

    @Test
    void preparedOrder_isCountedAsUndecided_untilItIsCommitted() {
        String undecided = sql(Product.UNDECIDED);
        product(TEA, 10);
        try (LocalTransaction ordering = PRODUCTS.begin()) {
            ordering.sql().execute(ORDER);
            assertThat(PRODUCTS.sql().value(undecided)).isEqualTo("0");
            ordering.prepare();
            assertThat(PRODUCTS.sql().value(undecided)).isEqualTo("1");
            assertThat(totals()).isEqualTo("(10,10,0)");
            ordering.commit();
        }
        assertThat(PRODUCTS.sql().value(undecided)).isEqualTo("0");
        assertThat(totals()).isEqualTo("(10,7,0)");
    }

    @Test
    void stock_isNeverNegative_whoeverTakesIt() {
        product(TEA, 2);
        assertThatIllegalStateException()
                .isThrownBy(() -> PRODUCTS.sql().execute(ORDER))
                .withStackTraceContaining("stock_is_never_negative");
        assertThat(totals()).isEqualTo("(2,2,0)");
    }

    /** Who paces the sum by the time it takes must not have it done by others at the same time. */
    @Test
    void totals_takeNoParallelWorker_evenWhereTheyCostNothing() {
        try (LocalTransaction session = PRODUCTS.begin()) {
            session.likesParallelWorkers();
            assertThat(session.sql().column("EXPLAIN SELECT sum(product_nums) FROM product"))
                    .as("another sum")
                    .anyMatch(step -> step.contains("Gather"));
            assertThat(session.sql().column("EXPLAIN " + sql(Product.TOTALS)))
                    .noneMatch(step -> step.contains("Gather"));
        }
    }

    private static String totals() {
        return PRODUCTS.sql()
                .value("SELECT totals::text FROM (" + sql(Product.TOTALS) + ") AS totals (initial, stock, taken)");
    }

    private static String sql(String name) {
        return Stream.of(Product.class.getAnnotationsByType(NamedNativeQuery.class))
                .filter(query -> query.name().equals(name))
                .findFirst()
                .orElseThrow()
                .query();
    }
}
