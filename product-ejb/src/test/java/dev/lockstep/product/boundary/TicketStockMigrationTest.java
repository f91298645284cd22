package dev.lockstep.product.boundary;

import static dev.lockstep.product.boundary.StockFixtures.COFFEE;
import static dev.lockstep.product.boundary.StockFixtures.PRODUCTS;
import static dev.lockstep.product.boundary.StockFixtures.TEA;
import static dev.lockstep.product.boundary.StockFixtures.stock;
import static dev.lockstep.product.boundary.StockFixtures.wanted;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.testing.LocalTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the stock that an installation has taken for tickets when its table gets another name. */
class TicketStockMigrationTest {

    private static final Path SCRIPTS = Path.of("../server-config/src/main/resources/db/product");

    private final UUID served = UUID.randomUUID();
    private final UUID waiting = UUID.randomUUID();
    private LocalTransaction migrating;

    /** A server took four pieces of tea by claim 7, and died. */
    @BeforeEach
    void installationOfAnEarlierVersion() throws IOException {
        migrating = PRODUCTS.begin();
        migrating.sql().execute("CREATE SCHEMA earlier; SET LOCAL search_path = earlier");
        for (String script : List.of("V1__product.sql", "V3__product_initial.sql", "V5__ticket_desk.sql")) {
            migrating.sql().execute(script(script));
        }
        migrating.sql().execute("""
                INSERT INTO product (product_id, product_name, product_nums) VALUES (1, 'tea', 6), (2, 'coffee', 3);
                INSERT INTO ticket_desk VALUES (1, 7, 4);
                INSERT INTO ticket_taking VALUES ('%s', 1, 4)""".replace("%s", served.toString()));
        migrating.sql().execute(script("V11__ticket_stock.sql"));
    }

    @AfterEach
    void nothingIsLeft() {
        migrating.close();
    }

    @Test
    void tickets_areServedAsIfNothingHadHappened() {
        assertThat(stock(migrating)
                        .take(new TicketTaking(TEA, 8, wanted(entry(served, 4), entry(waiting, 5)), Set.of())))
                .isEqualTo(new TicketTaking.Result(List.of(served, waiting), 1, true));
        assertThat(rows()).containsExactly("1|8|9");
        assertThatExceptionOfType(StaleClaimException.class)
                .isThrownBy(() -> stock(migrating).take(new TicketTaking(TEA, 7, wanted(entry(waiting, 1)), Set.of())));
    }

    /** Scenario: during an upgrade a server of the earlier version still serves. Expected: by the old name it changes the same rows. */
    @Test
    void serverOfTheEarlierVersion_servesOnByTheOldName() {
        assertThat(usedByTheEarlierVersion(TEA, 7)).as("a claim that was used").isZero();
        assertThat(usedByTheEarlierVersion(TEA, 8)).isOne();
        assertThat(usedByTheEarlierVersion(COFFEE, 9))
                .as("the first of its product")
                .isOne();
        migrating.sql().execute("UPDATE ticket_desk SET taken = taken + 2 WHERE product_id = 2");
        assertThat(rows()).containsExactly("1|8|4", "2|9|2");
        assertThat(migrating.sql().value("SELECT coalesce(sum(taken), 0) FROM ticket_desk"))
                .isEqualTo("6");
    }

    /** The statement as it was; returns how many rows it changed. */
    private int usedByTheEarlierVersion(int productId, long claim) {
        return migrating
                .sql()
                .column("INSERT INTO ticket_desk (product_id, last_claim) VALUES (" + productId + ", " + claim + ")"
                        + " ON CONFLICT (product_id) DO UPDATE SET last_claim = EXCLUDED.last_claim"
                        + " WHERE ticket_desk.last_claim < EXCLUDED.last_claim RETURNING product_id")
                .size();
    }

    private List<String> rows() {
        return migrating
                .sql()
                .column("SELECT concat_ws('|', product_id, last_claim, taken) FROM ticket_stock ORDER BY product_id");
    }

    private static String script(String name) throws IOException {
        return Files.readString(SCRIPTS.resolve(name));
    }
}
