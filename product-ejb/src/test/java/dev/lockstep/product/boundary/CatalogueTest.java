package dev.lockstep.product.boundary;

import static dev.lockstep.product.boundary.StockFixtures.PRODUCTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.product.control.ProductSql;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {

    private static final int BEFORE_ALL = Integer.MIN_VALUE;

    private final Catalogue catalogue = new Catalogue(new ProductSql(PRODUCTS.dataSource()));

    @BeforeEach
    void shelf() {
        PRODUCTS.empty();
        PRODUCTS.sql().execute("""
                INSERT INTO product (product_id, product_name, product_nums) VALUES
                    (30, 'Green tea, 12 bags', 3), (-4, 'Kettle', 1), (12, 'Tea pot', 0), (7, 'Été 100%', 9), (8, 'Snake_case', 2)
                """);
    }

    @Test
    void page_goesOnAfterTheLast() {
        assertThat(ids(catalogue.page(BEFORE_ALL, 3))).containsExactly(-4, 7, 8);
        assertThat(ids(catalogue.page(8, 3))).containsExactly(12, 30);
        assertThat(ids(catalogue.page(Integer.MAX_VALUE, 3))).isEmpty();
        PRODUCTS.sql().execute("UPDATE product SET product_nums = 1 WHERE product_id = 30");
        assertThat(catalogue.page(12, 1)).containsExactly(new StockItem(30, "Green tea, 12 bags", 1, 3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tea | 12,30",
                "BAGS   green | 30",
                "12 | 12,30",
                "té | 7",
                "100% | 7",
                "% | 7",
                "_ | 8",
                "\\ | ''",
                "tea kettle | ''",
                "-4 | -4",
            })
    void found_isWhatHasEachWord_orTheId(String search, String ids) {
        assertThat(ids(catalogue.found(search, BEFORE_ALL, 10)))
                .as(search)
                .map(String::valueOf)
                .isEqualTo(ids.isEmpty() ? List.of() : List.of(ids.split(",", -1)));
    }

    @Test
    void found_goesOnAfterTheLast() {
        assertThat(ids(catalogue.found("tea", BEFORE_ALL, 1))).containsExactly(12);
        assertThat(ids(catalogue.found("tea", 12, 1))).containsExactly(30);
    }

    @Test
    void these_areThoseThatThereAre() {
        assertThat(ids(catalogue.these(List.of(30, 1, -4)))).containsExactly(-4, 30);
        assertThat(catalogue.these(List.of())).isEmpty();
    }

    private static List<Integer> ids(List<StockItem> items) {
        return items.stream().map(StockItem::productId).toList();
    }
}
