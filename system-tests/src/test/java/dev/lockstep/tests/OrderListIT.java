package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The list of orders and how it is asked for, over HTTP; every answer also keeps to the OpenAPI document. */
class OrderListIT extends OrderApiFixture {

    @ParameterizedTest
    @ValueSource(strings = {"0", "501", "-1", "x", "99999", ""})
    void limitOfTheList_isBounded(String limit) {
        assertThat(api.get("api/orders?limit=" + limit).statusCode()).isEqualTo(400);
    }

    /** Some of one moment: no page may repeat or leave out one of them. */
    @Test
    void listIsPaged_fromTheNewestToTheOldest() throws Exception {
        int productId = databases.productOf(5);
        for (int i = 0; i < 5; i++) {
            api.post(OrderApi.orderJson(UUID.randomUUID(), productId, 1, "paged"));
        }
        List<String> all = ordersInTheDatabase(
                "UPDATE customer_order SET create_time = '2100-01-01' WHERE product_id = " + productId);
        List<String> listed = new ArrayList<>();
        String next = "/api/orders?limit=2";
        while (next != null) {
            HttpResponse<String> page = api.get(next.substring(1));
            List<String> ids = orderIds(page);
            assertThat(ids).hasSizeBetween(1, 2);
            listed.addAll(ids);
            next = page.headers().firstValue("Link").map(OrderListIT::nextOf).orElse(null);
        }
        assertThat(listed).isEqualTo(all);
    }

    private List<String> ordersInTheDatabase(String first) throws SQLException {
        try (Connection connection = databases.orders().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(first);
            List<String> ids = new ArrayList<>();
            try (ResultSet rows =
                    statement.executeQuery("SELECT order_id FROM customer_order ORDER BY create_time DESC, order_id")) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        }
    }

    private static List<String> orderIds(HttpResponse<String> answer) {
        try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
            return reader.readArray().getValuesAs(JsonObject.class).stream()
                    .map(order -> order.getString("orderId"))
                    .toList();
        }
    }

    private static String nextOf(String link) {
        assertThat(link).matches("</api/orders\\?limit=2&before=[0-9a-f-]{36}>; rel=\"next\"");
        return link.substring(1, link.indexOf('>'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "before=1-1-1-1-1",
                "before=",
                "before=00000000-0000-4000-8000-000000000000",
                "before=00000000-0000-4000-8000-000000000000&name=x",
                "name=%00",
                "name=a%0ab"
            })
    void pageThatCannotBe_isInvalid(String query) {
        HttpResponse<String> response = api.get("api/orders?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OrderApi.json(response).getJsonArray("errors"))
                .singleElement()
                .satisfies(error ->
                        assertThat(query).startsWith(error.asJsonObject().getString("field") + "="));
    }

    @Test
    void operatorFindsOrdersByName_andNobodyElse(RunningShop shop) throws Exception {
        int productId = databases.productOf(5);
        api.post(OrderApi.orderJson(orderId, productId, 1, "Grüner TEE 100%_"));
        api.post(OrderApi.orderJson(UUID.randomUUID(), productId, 1, "Grüner Tee 100"));

        HttpResponse<String> found = shop.operator().get("api/orders?name=gr%C3%BCner%20tee%20100%25_");

        assertThat(orderIds(found)).containsExactly(orderId.toString());
        assertThat(api.get("api/orders?name=tee").body()).contains(":login-required");
        assertThat(orderIds(api.get("api/orders?limit=1&name=%20")))
                .as("a blank name is none")
                .hasSize(1);
    }
}
