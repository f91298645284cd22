package dev.lockstep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.process.Supervision;
import dev.lockstep.launcher.settings.Settings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** M2: what fails a benchmark, on real databases in which it went wrong. */
class BooksIT {

    private static final UUID ORDER = UUID.fromString("6f1c2b1e-98a4-4f6e-9d64-3a7f5f0d1c11");

    private static Supervision running;
    private static DataSource product;
    private static DataSource orders;
    private static Books books;

    private Shelf shelf;

    @BeforeAll
    static void start() throws IOException {
        Path folder = Files.createTempDirectory(Path.of(System.getProperty("lockstep.benchmarks")), "books-");
        Settings settings = Installation.settings(folder);
        Secrets secrets = new Secrets(folder.resolve("secrets.properties"));
        running = new Supervision(new Steps(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), Clock.systemUTC()));
        product = Schema.dataSource(Installation.database(settings.product(), secrets, folder, running));
        orders = Schema.dataSource(Installation.database(settings.orders(), secrets, folder, running));
        books = new Books(product, orders);
    }

    @AfterAll
    static void stop() {
        running.stop(() -> {});
    }

    @BeforeEach
    void orderOnce() throws SQLException {
        shelf = books.shelf(2);
        execute(orders, "DELETE FROM customer_order");
        execute(
                orders,
                "INSERT INTO customer_order (order_id, order_name, create_time, product_id, quantity) VALUES ('" + ORDER
                        + "', 'Benchmark', now(), " + shelf.first() + ", 3)");
        execute(product, "UPDATE product SET product_nums = product_nums - 3 WHERE product_id = " + shelf.first());
    }

    @Test
    void findsNothingWrongWithAnOrderThatIsThereOnce() throws SQLException {
        assertThat(books.errors(round(3, List.of(), ORDER))).isEmpty();
    }

    @Test
    void findsAnOrderThatIsLost() throws SQLException {
        execute(orders, "DELETE FROM customer_order");
        assertThat(books.errors(round(3, List.of(), ORDER)))
                .contains("expected 1 orders by these ids, found 0")
                .contains(
                        "expected 3 pieces of product " + shelf.first() + " ordered, by what its stock lacks, found 0");
    }

    @Test
    void findsAnOrderThatTwoClientsHadAYesFor() throws SQLException {
        assertThat(books.errors(round(6, List.of(), ORDER, ORDER)))
                .contains("expected 2 ids of their own in the answers, found 1");
    }

    @Test
    void findsAnOrderThatNobodyHadAYesFor() throws SQLException {
        assertThat(books.errors(round(0, List.of())))
                .contains("1 orders of these products are written, 0 had a yes and 0 a no");
    }

    @Test
    void findsStockThatWasTakenTwice() throws SQLException {
        execute(product, "UPDATE product SET product_nums = product_nums - 3 WHERE product_id = " + shelf.last());
        assertThat(books.errors(round(3, List.of(), ORDER)))
                .containsExactly(
                        "expected 3 pieces of product " + shelf.last() + " ordered, by what its stock lacks, found 0");
    }

    /** Both databases have the same sum. */
    @Test
    void findsStockThatWasTakenOfTheWrongProduct() throws SQLException {
        execute(product, "UPDATE product SET product_nums = product_nums + 3 WHERE product_id = " + shelf.first());
        execute(product, "UPDATE product SET product_nums = product_nums - 3 WHERE product_id = " + shelf.last());
        assertThat(books.errors(round(3, List.of(), ORDER)))
                .containsExactly(
                        "expected 0 pieces of product " + shelf.first() + " ordered, by what its stock lacks, found 3",
                        "expected 3 pieces of product " + shelf.last() + " ordered, by what its stock lacks, found 0");
    }

    @Test
    void allowsAnOrderWhoseOutcomeItsClientWasNotTold() throws SQLException {
        assertThat(books.errors(round(0, List.of("503 {}")))).isEmpty();
    }

    private Round round(long pieces, List<String> refusals, UUID... placed) {
        return new Round(
                new Candidate("two-phase orders", null, World.ORDERS),
                shelf,
                new Load(List.of(placed), pieces, refusals, 1, new Histogram(3)),
                1,
                new ProcessorTime.Spent(0, 0, 0),
                new Writes(0, 0, 0));
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
