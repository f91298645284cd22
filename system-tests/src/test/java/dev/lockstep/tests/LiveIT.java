package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers are told of the shop at {@code /api/live}, while orders come in, a database is away, or a piece gets lost. */
@ExtendWith(AtTheShop.class)
class LiveIT {

    /** Ordinary news comes within a second or two, but on a busy machine readings are long, and so are the rests between them. */
    private static final Duration SOON = Duration.ofSeconds(30);

    /** Less than the 5 s that EclipseLink would rest before it tries a read once more. */
    private static final Duration AT_ONCE = Duration.ofMillis(4500);

    private static final int STREAMS_MAX = 200;
    private static final int PAGE_MAX = 200;
    private static final int STOCK = 10_000;

    /** Of one, two and three pieces in turn, so twice as many pieces. */
    private static final int ORDERS = 600;

    private RunningShop shop;
    private Databases databases;
    private OrderApi api;
    private int productId;
    private int initial;

    @BeforeEach
    void stockProduct(RunningShop running) throws SQLException {
        shop = running;
        databases = shop.databases();
        api = shop.api();
        productId = databases.productOf(STOCK);
        initial = Databases.number(databases.product(), "SELECT sum(product_initial) FROM product");
    }

    @Test
    void tellsTheShopAtOnce_andAnOrderSoon_andLivesInBetween() throws Exception {
        try (LiveEvents events = LiveEvents.listen(shop.url())) {
            assertThat(events.head()).startsWith("HTTP/1.1 200").containsIgnoringCase("text/event-stream");
            events.await(
                    SOON, "the shop", told -> isWhole(told) && stockTold(told).equals(Optional.of(STOCK)));
            assertThat(events.books().getInt("missing")).isZero();
            int ordered = events.books().getInt("ordered");

            UUID orderId = order(3);
            events.await(
                    SOON,
                    "the order",
                    told -> stockTold(told).equals(Optional.of(STOCK - 3))
                            && newestOrderTold(told).equals(orderId.toString()));
            events.await(SOON, "its pieces", told -> told.getJsonObject("books").getInt("ordered") == ordered + 3);
            assertThat(events.books().getInt("initial")).isEqualTo(initial);
            LauncherProcess.await(SOON, "a sign of life", () -> events.signsOfLife() > 0);
        }
    }

    @Test
    void ticket_isOrderedInTheEnd_andKeepsTheBooksEven() throws Exception {
        try (LiveEvents events = LiveEvents.listen(shop.url())) {
            events.await(SOON, "the shop", this::isWhole);
            int ordered = events.books().getInt("ordered");
            new TicketClient(api).taken(productId, 2, "seen live");
            events.await(SOON, "its order", told -> told.getJsonObject("books").getInt("ordered") == ordered + 2);
            assertThat(events.books().getInt("missing")).isZero();

            setAside(1);
            events.await(SOON, "a taking without a ticket", told -> missingTold(told) == 1);
            setAside(-1);
            events.await(SOON, "its return", told -> missingTold(told) == 0);
        }
    }

    /** Another instance's orders, or an administrator's statements, end in no transaction of this server. */
    @Test
    void restockingByHand_isTold_andKeepsTheBooksEven() throws Exception {
        try (LiveEvents events = LiveEvents.listen(shop.url())) {
            events.await(SOON, "the shop", this::isWhole);
            update("UPDATE product SET product_nums = product_nums + 50, product_initial = product_initial + 50"
                    + " WHERE product_id = " + productId);
            events.await(SOON, "more", told -> told.getJsonObject("books").getInt("initial") == initial + 50);
            assertThat(events.books().getInt("missing")).isZero();
        }
    }

    @Test
    void sixteenClients_neverMakeItRed_andALostPieceDoes_untilItIsPutBack() throws Exception {
        try (LiveEvents events = LiveEvents.listen(shop.url())) {
            events.await(SOON, "the shop", this::isWhole);
            int ordered = events.books().getInt("ordered");
            List<Future<UUID>> orders = new ArrayList<>();
            ExecutorService clients = Executors.newFixedThreadPool(16);
            try {
                for (int i = 0; i < ORDERS; i++) {
                    int quantity = 1 + i % 3;
                    orders.add(clients.submit(() -> order(quantity)));
                }
                for (Future<UUID> order : orders) {
                    order.get();
                    assertThat(events.books().getInt("missing"))
                            .as(() -> events.books().toString())
                            .isZero();
                }
            } finally {
                clients.shutdownNow();
            }
            events.await(SOON, "all orders", told -> {
                JsonObject books = told.getJsonObject("books");
                return books.getInt("ordered") == ordered + 2 * ORDERS && books.getInt("inFlight") == 0;
            });
            assertThat(events.books().getInt("missing")).isZero();

            // Each sum is waited for, so what is lost and what appears follow one another.
            for (int missing : List.of(1, -1, 0)) {
                take(missing - missingTold(events.shop()));
                events.await(SOON, missing + " missing", told -> missingTold(told) == missing);
            }
        }
    }

    /** Scenario: a database stops answering, without an error. Expected: it is named, what was known stays, and it heals. */
    @Tag("slow")
    @Test
    void databaseThatDoesNotAnswer_isTold_andTheLastKnownStateStays() throws Exception {
        try (LiveEvents events = LiveEvents.listen(shop.url())) {
            events.await(SOON, "the shop", told -> told.getJsonArray("away").isEmpty());
            List<ProcessHandle> stopped = withDescendants(shop.databaseServer("orders"));
            try {
                signal("STOP", stopped);
                events.await(
                        SOON, "the absence", told -> told.getJsonArray("away").size() == 1);
                JsonObject away = events.shop().getJsonArray("away").getJsonObject(0);
                assertThat(away.getString("database")).isEqualTo("orders");
                assertThat(away.getString("since")).isNotEmpty();
                assertThat(events.shop()).containsKeys("products", "orders", "books");
                int signs = events.signsOfLife();
                LauncherProcess.await(SOON, "a sign of life", () -> events.signsOfLife() > signs);
            } finally {
                signal("CONT", stopped);
            }
            events.await(SOON, "the return", told -> told.getJsonArray("away").isEmpty());
        }
    }

    /**
     * Scenario: a database is dead, and whoever connects is refused. Expected outcome: reads and an order that may be a repeated
     * one are answered at once, so that nobody's page, and no thread of the server, waits for what will not come. An operator stays logged in, and
     * nobody can log in.
     */
    @ParameterizedTest
    @ValueSource(strings = {"product", "orders"})
    void databaseThatIsDead_isAnsweredForAtOnce(String name) {
        OperatorClient operator = shop.operator();
        try (Outage outage = shop.loseDatabase(name)) {
            String path = name.equals("product") ? "api/products" : "api/orders";
            // Of a killed server the processes behind the pool's connections live on for a moment.
            LauncherProcess.await(
                    SOON, "its end", () -> answeredAtOnce(() -> api.get(path)).statusCode() == 503);
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> read = answeredAtOnce(() -> api.get(path));
                assertThat(read.statusCode()).isEqualTo(503);
                String order = OrderApi.orderJson(UUID.randomUUID(), productId, 1, "while " + name + " is away");
                HttpResponse<String> write = answeredAtOnce(() -> api.post(order));
                assertThat(write.statusCode()).isEqualTo(503);
            }
            if (name.equals("orders")) {
                HttpResponse<String> login = answeredAtOnce(() -> new OperatorClient(api).logIn("operator", "wrong"));
                assertThat(login.statusCode()).isEqualTo(503);
                assertThat(login.body()).contains(":unavailable");
            }
            assertThat(operator.session().isNull("operator")).isFalse();
            outage.end();
        }
    }

    /** Scenario: one address takes all places of a stream, and nothing of what is sent. Expected: other addresses listen all the same. */
    @Tag("slow")
    @Test
    void twoHundredMayListen_sharedOutAmongAddresses_andThoseThatTakeNothingHoldUpNobody() throws Exception {
        List<LiveEvents> slow = new ArrayList<>();
        try (LiveEvents events = LiveEvents.listenFrom("127.0.0.2", shop.url())) {
            events.await(SOON, "the shop", told -> told.containsKey("products"));
            while (slow.size() < STREAMS_MAX - 1) {
                // The server sees that somebody has left only when it next sends something.
                LauncherProcess.await(SOON, "room for one more", () -> admitted(slow));
            }
            try (LiveEvents refused = LiveEvents.askOnly(shop.url())) {
                assertThat(refused.head())
                        .startsWith("HTTP/1.1 503")
                        .containsIgnoringCase("retry-after: 10")
                        .containsIgnoringCase("content-type: application/problem+json");
            }
            try (LiveEvents another = LiveEvents.listenFrom("127.0.0.3", shop.url())) {
                another.await(SOON, "the shop", told -> told.containsKey("products"));
            }
            for (int i = 0; i < 12; i++) {
                UUID orderId = order(1);
                events.await(SOON, "order " + i, told -> newestOrderTold(told).equals(orderId.toString()));
            }
        } finally {
            for (LiveEvents one : slow) {
                one.close();
            }
        }
        List<LiveEvents> next = new ArrayList<>();
        while (next.size() < 20) { // or the next test would find no place
            LauncherProcess.await(SOON, "room for others", () -> admitted(next));
        }
        for (LiveEvents one : next) {
            one.close();
        }
    }

    /** Scenario: the sum of all pieces takes long. Expected outcome: stock and newest orders are told without it. */
    @Test
    void sumThatTakesLong_holdsUpNeitherStockNorOrders() throws Exception {
        try (LiveEvents events = LiveEvents.listen(shop.url())) {
            events.await(SOON, "the shop", this::isWhole);
            int ordered = events.books().getInt("ordered");
            try (Connection connection = databases.product().getConnection();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("LOCK TABLE ticket_stock IN ACCESS EXCLUSIVE MODE"); // which the sum alone reads
                UUID orderId = order(3);
                events.await(
                        SOON,
                        "the order",
                        told -> newestOrderTold(told).equals(orderId.toString())
                                && stockTold(told).equals(Optional.of(STOCK - 3)));
                assertThat(events.shop().getJsonArray("away")).isEmpty();
                assertThat(events.books().getInt("ordered")).isEqualTo(ordered);
                connection.rollback();
            }
            events.await(SOON, "its pieces", told -> told.getJsonObject("books").getInt("ordered") == ordered + 3);
        }
    }

    /** Scenario: there are more products than a page shows. Expected outcome: nobody is sent them all, and yet all can be found. */
    @Test
    void manyProducts_areToldByThePage_andWhatIsOrderedBeyondTheFirstIsToldApart() throws Exception {
        update(
                "INSERT INTO product SELECT i, 'Shelf warmer ' || i, 1 FROM generate_series(2000000001, 2000000300) AS i");
        try (LiveEvents events = LiveEvents.listen(shop.url())) {
            events.await(
                    SOON,
                    "the first",
                    told -> told.getJsonArray("products").size() == PAGE_MAX && told.getBoolean("moreProducts"));

            HttpResponse<String> first = api.get("api/products");
            assertThat(ids(first)).hasSize(PAGE_MAX);
            HttpResponse<String> found = api.get("api/products?search=WARMER%20shelf&limit=200");
            assertThat(ids(found)).hasSize(PAGE_MAX).startsWith(2000000001);
            assertThat(found.headers().firstValue("Link"))
                    .hasValue("</api/products?after=2000000200&limit=200&search=WARMER+shelf>; rel=\"next\"");
            HttpResponse<String> rest = api.get("api/products?after=2000000200&limit=200&search=WARMER+shelf");
            assertThat(ids(rest)).hasSize(100).endsWith(2000000300);
            assertThat(rest.headers().firstValue("Link")).isEmpty();
            assertThat(ids(api.get("api/products?id=2000000300&id=2000000299&id=1999999999")))
                    .containsExactly(2000000299, 2000000300);

            assertThat(api.post(OrderApi.orderJson(UUID.randomUUID(), 2000000300, 1, "a warm one"))
                            .statusCode())
                    .isEqualTo(201);
            events.await(
                    SOON,
                    "what it is of",
                    told -> told.containsKey("others")
                            && told.getJsonArray("others")
                                    .toString()
                                    .contains(
                                            "\"productId\":2000000300,\"productName\":\"Shelf warmer 2000000300\",\"productNums\":0"));
        } finally {
            update("DELETE FROM product WHERE product_id BETWEEN 2000000001 AND 2000000299");
        }
    }

    /** Asks for a stream, and keeps it if there is room. */
    private boolean admitted(List<LiveEvents> streams) {
        try {
            LiveEvents one = LiveEvents.askOnly(shop.url());
            if (one.head().startsWith("HTTP/1.1 200")) {
                return streams.add(one);
            }
            one.close();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> T answeredAtOnce(Supplier<T> request) {
        long asked = System.nanoTime();
        T answer = request.get();
        assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(AT_ONCE);
        return answer;
    }

    private UUID order(int quantity) {
        UUID orderId = UUID.randomUUID();
        assertThat(api.post(OrderApi.orderJson(orderId, productId, quantity, "seen live"))
                        .statusCode())
                .isEqualTo(201);
        return orderId;
    }

    /** With this test's product, also in the books, which are read less often. */
    private boolean isWhole(JsonObject shopTold) {
        return stockTold(shopTold).isPresent()
                && shopTold.containsKey("books")
                && shopTold.getJsonObject("books").getInt("initial") == initial;
    }

    private Optional<Integer> stockTold(JsonObject shopTold) {
        return Optional.ofNullable(shopTold.getJsonArray("products")).stream()
                .flatMap(products -> products.getValuesAs(JsonObject.class).stream())
                .filter(product -> product.getInt("productId") == productId)
                .map(product -> product.getInt("productNums"))
                .findFirst();
    }

    private static List<Integer> ids(HttpResponse<String> products) {
        try (JsonReader reader = Json.createReader(new StringReader(products.body()))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(product -> product.getInt("productId"))
                    .toList();
        }
    }

    private static String newestOrderTold(JsonObject shopTold) {
        return shopTold.getJsonArray("orders").getValuesAs(JsonObject.class).stream()
                .map(order -> order.getString("orderId"))
                .findFirst()
                .orElse("none");
    }

    private static int missingTold(JsonObject shopTold) {
        return shopTold.getJsonObject("books").getInt("missing");
    }

    /** Takes pieces behind the orders' back, or puts some back. */
    private void take(int pieces) throws SQLException {
        update("UPDATE product SET product_nums = product_nums - (" + pieces + ") WHERE product_id = " + productId);
    }

    /** Takes pieces for a ticket that nobody has, or gives some back. */
    private void setAside(int pieces) throws SQLException {
        String ofProduct = pieces + ") WHERE product_id = " + productId;
        update("WITH stock AS (UPDATE ticket_stock SET taken = taken + (" + ofProduct + ")"
                + " UPDATE product SET product_nums = product_nums - (" + ofProduct);
    }

    private void update(String sql) throws SQLException {
        try (Connection connection = databases.product().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<ProcessHandle> withDescendants(ProcessHandle main) {
        return Stream.concat(Stream.of(main), main.descendants()).toList();
    }

    private static void signal(String name, List<ProcessHandle> processes) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        new ProcessBuilder(command).start().waitFor(); // one of them may have ended by itself meanwhile
    }
}
