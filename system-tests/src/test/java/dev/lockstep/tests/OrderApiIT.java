package dev.lockstep.tests;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.model.Request.Method;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON API as its clients see it, over HTTP; every answer also keeps to the OpenAPI document. */
class OrderApiIT extends OrderApiFixture {

    @Test
    @Tag("quick")
    void placesAnOrder() throws Exception {
        int productId = databases.productOf(5);
        HttpResponse<String> response = api.post(OrderApi.orderJson(orderId, productId, 2, "三杯 tea ☕"));
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.headers().firstValue("Location")).hasValue("/api/orders/" + orderId);
        assertThat(OrderApi.json(response).getString("orderName")).isEqualTo("三杯 tea ☕");
        assertThat(databases.stockOf(productId)).isEqualTo(3);

        HttpResponse<String> again = api.get("api/orders/" + orderId);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).isEqualTo(response.body());
        assertThat(api.get("api/orders?limit=1").body()).isEqualTo("[" + response.body() + "]");
        assertThat(api.get("api/products").body()).contains("\"productId\":" + productId, "\"productNums\":3");
    }

    /** In both forms it is served in, as <a href="https://spec.openapis.org/oas/v3.0.3">OpenAPI</a> wants it. */
    @Test
    @Tag("quick")
    void description_isValidOpenApi() {
        HttpResponse<String> yaml = api.send(api.request("openapi"));
        assertThat(yaml.headers().firstValue("Content-Type")).hasValue("application/yaml;charset=UTF-8");
        HttpResponse<String> json = api.send(api.request("openapi?format=JSON"));
        assertThat(json.headers().firstValue("Content-Type")).hasValue("application/json");
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(json.body(), null, null);
        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getPaths()).containsKey("/api/orders");
        assertThat(new OpenAPIV3Parser().readContents(yaml.body(), null, null))
                .satisfies(same -> assertThat(same.getMessages()).isEmpty())
                .satisfies(same -> assertThat(same.getOpenAPI()).isEqualTo(read.getOpenAPI()));
    }

    @Test
    void makesAnIdForAnOrderWithoutOne() throws Exception {
        int productId = databases.productOf(5);
        HttpResponse<String> response =
                api.post("{\"productId\":" + productId + ",\"quantity\":1,\"orderName\":\"no id\"}");
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(databases.hasOrder(UUID.fromString(OrderApi.json(response).getString("orderId"))))
                .isTrue();
    }

    @Test
    void moreThanThereIs_isAConflictThatSaysWhatIsLeft() throws Exception {
        int productId = databases.productOf(5);
        HttpResponse<String> response = api.post(OrderApi.orderJson(orderId, productId, 6, "too many"));
        assertThat(response.statusCode()).isEqualTo(409);
        assertThat(response.body()).contains(":out-of-stock");
        assertThat(OrderApi.json(response).getInt("available")).isEqualTo(5);
        assertThat(databases.stockOf(productId)).isEqualTo(5);
        assertThat(databases.hasOrder(orderId)).isFalse();
    }

    @Test
    void whatDoesNotExist_isNotFound() {
        assertThat(api.post(OrderApi.orderJson(orderId, -7, 1, "of nothing")).body())
                .contains(":unknown-product");
        assertThat(api.get("api/orders/" + orderId).body()).contains(":no-such-order");
        for (String path : List.of("api", "api/nothing", "api/orders/1-1-1-1-1", "api/products/1")) {
            HttpResponse<String> response = api.send(api.request(path));
            assertThat(response.statusCode()).as(path).isEqualTo(404);
            assertThat(response.body()).contains(":not-found");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "quantity | {'productId':1,'quantity':0,'orderName':'x'}",
                "quantity | {'productId':1,'quantity':1001,'orderName':'x'}",
                "quantity | {'productId':1,'quantity':1.5,'orderName':'x'}",
                "quantity | {'productId':1,'quantity':'1','orderName':'x'}",
                "quantity | {'productId':1,'quantity':99999999999999999999,'orderName':'x'}",
                "quantity | {'productId':1,'orderName':'x'}",
                "productId | {'productId':null,'quantity':1,'orderName':'x'}",
                "orderName | {'productId':1,'quantity':1,'orderName':''}",
                "orderName | {'productId':1,'quantity':1,'orderName':'  '}",
                "orderName | {'productId':1,'quantity':1,'orderName':'a\\u0000b'}",
                "orderName | {'productId':1,'quantity':1,'orderName':'a\\ud800b'}",
                "orderName | {'productId':1,'quantity':1,'orderName':'\\u200b'}",
                "orderName | {'productId':1,'quantity':1,'orderName':'a\\u202eb'}",
                "orderName | {'productId':1,'quantity':1}",
                "orderId | {'orderId':'1-1-1-1-1','productId':1,'quantity':1,'orderName':'x'}",
                "orderId | {'orderId':null,'productId':1,'quantity':1,'orderName':'x'}",
                "price | {'productId':1,'quantity':1,'orderName':'x','price':0}",
            })
    void invalidField_isNamedWithItsLimit(String field, String body) {
        HttpResponse<String> response = api.post(body.replace('\'', '"'));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(OrderApi.json(response).getJsonArray("errors"))
                .singleElement()
                .satisfies(error ->
                        assertThat(error.asJsonObject().getString("field")).isEqualTo(field));
    }

    @Test
    void allInvalidFieldsAreNamedAtOnce() {
        HttpResponse<String> response = api.post("{\"orderName\":\"" + "x".repeat(201) + "\",\"quantity\":-1}");
        assertThat(OrderApi.json(response).getJsonArray("errors")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "1",
                "null",
                "{'productId':1,'quantity':1,'quantity':2,'orderName':'twice'}",
                "{'productId':1,'quantity':1,'orderName':'and more'} {}",
                "{'productId':1,'quantity':1,'orderName':'and more'} x",
                "{'productId':1,'quantity':1e99999999999,'orderName':'huge'}",
            })
    void whatIsNotOneJsonObject_isInvalid(String body) {
        HttpResponse<String> response = api.post(body.replace('\'', '"'));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("one JSON object");
    }

    @Test
    void whatAParserChokesOn_isTheClientsFault() {
        String deep = "{\"x\":" + "[".repeat(7000) + "]".repeat(7000) + "}";
        String longNumber = "{\"quantity\":" + "1".repeat(2000) + "}";
        assertThat(api.post(deep).statusCode()).isEqualTo(400);
        assertThat(api.post(longNumber).statusCode()).isEqualTo(400);
        byte[] notUtf8 = "{\"productId\":1,\"quantity\":1,\"orderName\":\"a?b\"}".getBytes(UTF_8);
        notUtf8[new String(notUtf8, UTF_8).indexOf('?')] = (byte) 0xff;
        assertThat(api.post(notUtf8, "application/json").body()).contains("JSON object in UTF-8");
    }

    @Test
    void namesMayHave200CharactersOfAnyScript() throws Exception {
        int productId = databases.productOf(5);
        assertThat(api.post(OrderApi.orderJson(orderId, productId, 1, "茶".repeat(200)))
                        .statusCode())
                .isEqualTo(201);
        assertThat(api.post(OrderApi.orderJson(UUID.randomUUID(), productId, 1, "🍵".repeat(200)))
                        .statusCode())
                .isEqualTo(201);
    }

    /** Scenario: a database cannot store what it is sent. Expected outcome: nobody is told to send the same again. */
    @Test
    void whatADatabaseRefuses_isRefusedForGood(RunningShop shop) throws Exception {
        int productId = databases.productOf(5);
        execute(shop.owner("orders"), """
                CREATE FUNCTION untranslatable() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'no such character here' USING ERRCODE = '22P05'; END $$;
                CREATE TRIGGER untranslatable BEFORE INSERT ON customer_order FOR EACH ROW
                WHEN (NEW.order_name = 'untranslatable') EXECUTE FUNCTION untranslatable();
                CREATE TRIGGER untranslatable BEFORE INSERT ON ticket FOR EACH ROW
                WHEN (NEW.order_name = 'untranslatable') EXECUTE FUNCTION untranslatable()""");
        try {
            String ticket = TicketClient.json(UUID.randomUUID(), productId, 1, "untranslatable");
            TicketClient tickets = new TicketClient(api);
            tickets.awaitKnown(productId);
            for (HttpResponse<String> refused : List.of(
                    api.post(OrderApi.orderJson(orderId, productId, 1, "untranslatable")), tickets.take(ticket))) {
                assertThat(refused.statusCode()).isEqualTo(422);
                assertThat(refused.body()).contains(":refused-by-database");
                assertThat(OrderApi.json(refused).getString("sqlState")).isEqualTo("22P05");
                assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
            }
        } finally {
            execute(shop.owner("orders"), "DROP FUNCTION untranslatable CASCADE");
        }
        assertThat(databases.stockOf(productId)).isEqualTo(5);
    }

    /** Anybody may ask, and a transaction that writes takes a number, even if it is rolled back. */
    @Test
    void askingForWhatThereIsNot_writesNothing() throws Exception {
        int asked = 100;
        long before = nextTransaction();
        for (int i = 0; i < asked; i++) {
            assertThat(api.get("api/orders/" + UUID.randomUUID()).statusCode()).isEqualTo(404);
        }
        assertThat(nextTransaction() - before)
                .as("transactions, of which the server makes a few by itself")
                .isLessThan(asked / 2);
    }

    private long nextTransaction() throws SQLException {
        try (Connection connection = databases.orders().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(DataSource database, String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void bodyIsBounded() throws Exception {
        int productId = databases.productOf(5);
        String order = OrderApi.orderJson(orderId, productId, 1, "padded");
        byte[] most = (order + " ".repeat(16 * 1024 - order.length())).getBytes(UTF_8);
        byte[] tooLong = (order + " ".repeat(16 * 1024 - order.length() + 1)).getBytes(UTF_8);
        assertThat(api.post(tooLong, "application/json").statusCode()).isEqualTo(413);
        assertThat(databases.hasOrder(orderId)).isFalse();
        assertThat(api.post(most, "application/json; charset=utf-8").statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/json; charset=utf-16", "nonsense", "*/*"})
    void otherBodies_areUnsupported(String contentType) {
        assertThat(api.post("{}".getBytes(UTF_8), contentType).statusCode()).isEqualTo(415);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/html | 406",
                "application/json;q=0 | 406",
                "application/* | 200",
                "text/html, */*;q=0.1 | 200",
                "application/json | 200"
            })
    void onlyJsonIsServed(String accept, int status) {
        HttpResponse<String> response = api.held(
                Method.GET, "api/products", api.send(api.request("api/products").header("Accept", accept)));
        assertThat(response.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"PUT,api/orders", "DELETE,api/orders", "POST,api/products", "PATCH,api/products"})
    void otherMethods_areNotAllowed(String method, String path) {
        HttpResponse<String> response = api.send(api.request(path).method(method, BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow").orElseThrow()).startsWith("GET, HEAD");
        assertThat(response.body()).contains(":method-not-allowed");
    }

    /** A stream that HEAD opened would be one that nobody sees end. */
    @ParameterizedTest
    @ValueSource(
            strings = {"api/live", "api/transactions/events", "api/tickets/00000000-0000-4000-8000-000000000000/events"
            })
    void streams_areOnlyToBeGot(String path) {
        for (String method : List.of("HEAD", "POST")) {
            HttpResponse<String> response = api.send(api.request(path).method(method, BodyPublishers.noBody()));
            assertThat(response.statusCode()).isEqualTo(405);
            assertThat(response.headers().firstValue("Allow")).hasValue("GET");
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "after, after=x",
        "after, after=2147483648",
        "limit, limit=0",
        "limit, limit=201",
        "search, search=a%00b",
        "id, id=1&id=x",
        "id, id=1&search=tea"
    })
    void invalidParameter_isNamedWithItsLimit(String parameter, String query) {
        HttpResponse<String> response = api.get("api/products?" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"field\":\"" + parameter + "\"");
    }

    @Test
    void headAnswersLikeGetWithoutBody() {
        HttpResponse<String> response = api.send(api.request("api/products").method("HEAD", BodyPublishers.noBody()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }
}
