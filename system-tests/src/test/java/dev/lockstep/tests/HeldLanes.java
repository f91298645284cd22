package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A shop whose lanes are all taken: in each an order waits for its product's row, which the test has. So whoever orders meanwhile has to wait, and shares
 * the next commit. A row can be had for ten seconds.
 */
public final class HeldLanes implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    /** So many commits are under way at once, if they last. */
    private static final int LANES = 16;

    private static final Pattern WAITING = Pattern.compile("(?m)^lockstep_orders_waiting\\S* (\\d+)");

    private final OrderApi api;
    private final Connection holder;
    private final ExecutorService clients = Executors.newCachedThreadPool();
    private final List<Integer> products = new ArrayList<>();
    private final List<CompletableFuture<HttpResponse<String>>> holding = new ArrayList<>();

    HeldLanes(OrderApi api, Databases databases) throws SQLException {
        this.api = api;
        for (int i = 0; i < LANES; i++) {
            products.add(databases.productOf(1));
        }
        holder = databases.product().getConnection();
        holder.setAutoCommit(false);
        try (Statement statement = holder.createStatement()) {
            for (int productId : products) {
                statement.execute("SELECT FROM product WHERE product_id = " + productId + " FOR UPDATE");
            }
        }
        for (int productId : products) {
            UUID orderId = UUID.randomUUID();
            holding.add(order(orderId, productId, 1, "has a lane"));
        }
        LauncherProcess.await(LIMIT, "orders wait for rows", () -> rowsWaitedFor(databases) == LANES);
    }

    private static int rowsWaitedFor(Databases databases) {
        try {
            return Databases.count(
                    databases.product(),
                    "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A product whose row the test has, for longer than anybody waits for it. */
    int heldProduct() {
        return products.get(LANES - 1);
    }

    /** Orders, in a thread of its own. */
    CompletableFuture<HttpResponse<String>> order(UUID orderId, int productId, int quantity, String name) {
        return order(OrderApi.orderJson(orderId, productId, quantity, name));
    }

    CompletableFuture<HttpResponse<String>> order(String json) {
        return CompletableFuture.supplyAsync(() -> api.post(json), clients);
    }

    /** Orders one piece each for so many clients, one after the other as far as the server is concerned, and returns when all of them wait. */
    List<CompletableFuture<HttpResponse<String>>> orders(int count, int productId) {
        int before = waiting();
        List<CompletableFuture<HttpResponse<String>>> orders = IntStream.range(0, count)
                .mapToObj(i -> order(UUID.randomUUID(), productId, 1, "one of " + count))
                .toList();
        awaitWaiting(before + count);
        return orders;
    }

    /** Returns when so many orders wait. */
    void awaitWaiting(int count) {
        LauncherProcess.await(LIMIT, count + " orders wait", () -> waiting() == count);
    }

    /** How many orders wait. */
    int waiting() {
        String metrics =
                api.send(api.request("metrics").header("Accept", "text/plain")).body();
        return waiting(metrics).orElseThrow(() -> new AssertionError(metrics));
    }

    /** How many orders wait for a commit, by what {@code /metrics} says; empty if it does not say so. */
    public static OptionalInt waiting(String metrics) {
        Matcher waiting = WAITING.matcher(metrics);
        return waiting.find() ? OptionalInt.of(Integer.parseInt(waiting.group(1))) : OptionalInt.empty();
    }

    /** Lets all of them go on. */
    void release() throws SQLException {
        holder.rollback();
        holding.forEach(order -> assertThat(order.join().statusCode()).isEqualTo(201));
    }

    @Override
    public void close() throws SQLException {
        holder.close();
        clients.shutdown();
    }
}
