package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.testing.PlainSql;
import jakarta.json.JsonObject;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Health tells of what no setting tells: a database that answers, but in which no order can be written. */
@ExtendWith(AtTheShop.class)
class HealthIT {

    /** Ten seconds until the next rehearsal, five for its limit, and the machine may be busy. */
    private static final Duration NOTICED = Duration.ofSeconds(40);

    /** Less than the rehearsal's limit: health does not wait for it. */
    private static final Duration AT_ONCE = Duration.ofSeconds(4);

    private RunningShop shop;
    private OrderApi api;
    private int productId;

    @BeforeEach
    void stockProduct(RunningShop running) throws SQLException {
        shop = running;
        api = shop.api();
        productId = shop.databases().productOf(10);
    }

    /**
     * Scenario: the orders database waits for a standby that there is not, and the application may not change the stock any more. Expected
     * outcome: health says so, and since when, and answers at once all the time. The first order that is committed ends it.
     */
    @Tag("slow")
    @Test
    void whatKeepsOrdersFromBeingWritten_isTold_untilOneIsWritten() throws SQLException {
        PlainSql orders = new PlainSql(shop.superuser("orders"));
        PlainSql product = new PlainSql(shop.superuser("product"));
        assertThat(health().statusCode()).isEqualTo(200);
        Instant before = Instant.now();
        orders.execute("ALTER SYSTEM SET synchronous_standby_names = 'gone'");
        orders.execute("SELECT pg_reload_conf()");
        product.execute("REVOKE UPDATE ON product.product FROM product");
        try {
            LauncherProcess.await(
                    NOTICED,
                    "both told",
                    () -> isTold("orders", "no synchronous standby has confirmed a commit within 5 s", before)
                            && isTold("product", "permission denied for table product", before));
        } finally {
            orders.execute("ALTER SYSTEM RESET synchronous_standby_names");
            orders.execute("SELECT pg_reload_conf()");
            product.execute("GRANT UPDATE ON product.product TO product");
        }
        LauncherProcess.await(NOTICED, "an order", () -> isPlaced(UUID.randomUUID()));
        assertThat(health().statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"application/x-www-form-urlencoded, pretty=%zz", "multipart/form-data, x"})
    void bodyThatNobodyReads_isRefused_withoutTheNameOfAnException(String type, String body) {
        for (String path : List.of("health", "health/ready", "metrics")) {
            HttpResponse<String> answer =
                    api.send(api.request(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
            assertThat(answer.statusCode()).as(path).isEqualTo(405);
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
            assertThat(answer.body()).doesNotContain("Exception");
        }
    }

    private boolean isPlaced(UUID orderId) {
        return api.post(OrderApi.orderJson(orderId, productId, 1, "proves it")).statusCode() == 201;
    }

    private boolean isTold(String database, String reason, Instant before) {
        HttpResponse<String> health = health();
        JsonObject told = OrderApi.json(health).getJsonArray("checks").getValuesAs(JsonObject.class).stream()
                .filter(check -> check.getString("name").equals("databases"))
                .map(check -> check.getJsonObject("data"))
                .findAny()
                .orElseThrow();
        Matcher line =
                Pattern.compile("cannot be written since (\\S+): .*" + reason).matcher(told.getString(database));
        if (!line.find()) {
            return false;
        }
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(Instant.parse(line.group(1))).isBetween(before, Instant.now());
        return true;
    }

    private HttpResponse<String> health() {
        return api.send(api.request("health").timeout(AT_ONCE));
    }
}
