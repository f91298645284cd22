package dev.lockstep.order.ticket;

import static dev.lockstep.order.ticket.TicketFixtures.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testing.LocalTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What becomes of the reasons that an installation has when it is migrated: sentences until then, codes and numbers afterwards. */
class TicketReasonMigrationTest {

    private static final Path SCRIPTS = Path.of("../server-config/src/main/resources/db/orders");

    @Test
    void sentences_becomeCodes_andWhatSomebodySaidStays() throws IOException {
        try (LocalTransaction migrating = ORDERS.begin()) {
            migrating.sql().execute("CREATE SCHEMA earlier; SET LOCAL search_path = earlier");
            migrating.sql().execute(script("V1__customer_order.sql"));
            migrating.sql().execute(script("V5__ticket.sql"));
            migrating.sql().execute("""
                    INSERT INTO ticket (ticket_id, order_name, product_id, quantity, state, attempts, reason) VALUES
                        (gen_random_uuid(), 'a', -7, 6, 'SOLD_OUT', 0, 'Product -7 has 5 pieces left, 6 were asked for'),
                        (gen_random_uuid(), 'b', 7, 6, 'SOLD_OUT', 0, 'Product 7 has 5 pieces left, 9 were asked for'),
                        (gen_random_uuid(), 'c', -7, 6, 'SOLD_OUT', 0, 'There is no product -7'),
                        (gen_random_uuid(), 'd', 7, 6, 'SOLD_OUT', 0, 'There is no product -7'),
                        (gen_random_uuid(), 'e', 7, 6, 'FAILED', 1, 'There is an order of this id already'),
                        (gen_random_uuid(), 'f', 7, 6, 'FAILED', 5, 'ERROR: no'),
                        (gen_random_uuid(), 'g', 7, 6, 'WAITING', 1, 'ERROR: not now'),
                        (gen_random_uuid(), 'h', 7, 6, 'READY', 0, NULL);
                    INSERT INTO ticket_queue (product_id) VALUES (7)""");
            migrating.sql().execute(script("V7__ticket_reason.sql"));
            assertThat(migrating
                            .sql()
                            .column(
                                    "SELECT concat_ws('|', order_name, state, reason_code, available, reason) FROM ticket"
                                            + " ORDER BY order_name"))
                    .containsExactly(
                            "a|SOLD_OUT|OUT_OF_STOCK|5",
                            "b|SOLD_OUT|REFUSED|Product 7 has 5 pieces left, 9 were asked for",
                            "c|SOLD_OUT|UNKNOWN_PRODUCT",
                            "d|SOLD_OUT|REFUSED|There is no product -7",
                            "e|FAILED|ID_TAKEN",
                            "f|FAILED|REJECTED|ERROR: no",
                            "g|WAITING|REJECTED|ERROR: not now",
                            "h|READY");
            assertThat(migrating.sql().value("SELECT called_at IS NOT NULL FROM ticket_queue"))
                    .isEqualTo("t");
        }
    }

    private static String script(String name) throws IOException {
        return Files.readString(SCRIPTS.resolve(name));
    }
}
