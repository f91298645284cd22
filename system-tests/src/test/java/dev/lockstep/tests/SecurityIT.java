package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.model.Request.Method;
import dev.lockstep.launcher.operator.OperatorAccount;
import jakarta.json.Json;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The security of the pages (S1 to S5 of dev.lockstep.operator), over HTTP, as browsers, scripts and attackers use it. */
@ExtendWith(AtTheShop.class)
class SecurityIT {

    private String password;
    private URI url;
    private Databases databases;
    private OrderApi api;
    private OperatorClient operator;

    /** The password is the one that the launcher chose; so the launcher's hash is verified by Jakarta Security. */
    @BeforeEach
    void nobodyIsLoggedIn(RunningShop shop) {
        password = shop.operatorPassword();
        url = shop.url();
        databases = shop.databases();
        api = shop.api();
        operator = new OperatorClient(api);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "login.html",
                "js/page.js",
                "css/base.css",
                "nothing",
                "api/products",
                "api/nothing",
                "api/orders?limit=x",
                "api/session",
                "openapi",
                "health/ready"
            })
    void everyAnswerTellsBrowsersWhatIsNotNeeded(String path) {
        HttpResponse<String> response = api.send(api.request(path));
        assertHasSecurityHeaders(response);
        assertThat(response.headers().map()).doesNotContainKeys("set-cookie", "server", "x-powered-by");
        // RFC 6797, section 7.2: not over plain http.
        assertThat(response.headers().map()).doesNotContainKey("strict-transport-security");
    }

    @Test
    void loginGivesASessionThatOnlyThisSiteCanUse() {
        HttpResponse<String> response = operator.logIn(OperatorAccount.NAME, password);
        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().firstValue("Set-Cookie").orElseThrow())
                .startsWith("lockstep-session=")
                .containsIgnoringCase("; HttpOnly")
                .containsIgnoringCase("; SameSite=Strict")
                .containsIgnoringCase("; Path=/")
                .doesNotContain("Secure"); // it came over http
        assertThat(operator.session().getString("operator")).isEqualTo(OperatorAccount.NAME);
        assertThat(operator.session().getString("csrfToken")).hasSize(43);
        assertThat(new OperatorClient(api).session())
                .isEqualTo(Json.createObjectBuilder()
                        .addNull("operator")
                        .addNull("csrfToken")
                        .add("demo", false)
                        .build());
    }

    /** A proxy that ended TLS says so. */
    @Test
    void overHttps_theCookieIsSecure_andHttpsIsKeptTo() {
        HttpResponse<String> response = api.send(api.request("api/session")
                .header("X-Forwarded-Proto", "https")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(OperatorClient.loginJson(OperatorAccount.NAME, password))));
        assertThat(response.headers().firstValue("Set-Cookie").orElseThrow()).contains("; Secure");
        assertThat(response.headers().firstValue("Strict-Transport-Security")).hasValue("max-age=31536000");
    }

    @Test
    void loginChangesTheSessionsId() {
        operator.useCookie("chosen-by-an-attacker");
        operator.logIn(OperatorAccount.NAME, password);
        String first = operator.cookie();
        assertThat(first).isNotEqualTo("chosen-by-an-attacker");

        operator.logIn(OperatorAccount.NAME, password);
        assertThat(operator.cookie()).isNotEqualTo(first);
        operator.useCookie(first);
        assertThat(operator.session().isNull("operator")).isTrue();
    }

    @Test
    void wrongPasswordAndUnknownName_areToldApartByNothing() {
        HttpResponse<String> wrong = operator.logIn(OperatorAccount.NAME, password + "x");
        HttpResponse<String> unknown = operator.logIn("nobody at all", password);
        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(wrong.body()).contains(":login-failed").isEqualTo(unknown.body());
        assertThat(wrong.headers().map()).doesNotContainKey("set-cookie");

        Duration slow = Duration.ofDays(1);
        Duration ofUnknown = slow;
        Duration ofWrong = slow;
        for (int i = 0; i < 3; i++) {
            Loopback from = new Loopback(url, 10 + i);
            ofUnknown = shorter(ofUnknown, from, "unknown " + i);
            ofWrong = shorter(ofWrong, from, OperatorAccount.NAME);
            operator.logIn(OperatorAccount.NAME, password); // the name's failures begin anew
        }
        // Without a hash for the unknown it would be a hundredth.
        assertThat(ofUnknown).isGreaterThan(ofWrong.dividedBy(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name | {'password':'x'}",
                "name | {'name':'','password':'x'}",
                "name | {'name':'a\\u0000','password':'x'}",
                "password | {'name':'operator','password':1}",
                "role | {'name':'operator','password':'x','role':'operator'}",
            })
    void invalidLogin_isNamedByItsField(String field, String body) {
        HttpResponse<String> response = operator.post("api/session", body.replace('\'', '"'));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("\"field\":\"" + field + "\"");
    }

    /** A hash may take longer than who guesses has to wait. So two guesses come at once after the five: one of them has to. */
    @Test
    void guessesSlowDownWhoGuesses_andNobodyElse() throws Exception {
        Loopback attacker = new Loopback(url, 20);
        for (int i = 0; i < 5; i++) {
            assertThat(attacker.logIn(OperatorAccount.NAME, "guess " + i)).startsWith("HTTP/1.1 401");
        }
        List<String> answers =
                InParallel.run(Collections.nCopies(2, () -> attacker.logIn(OperatorAccount.NAME, "a guess")));
        assertThat(answers).anySatisfy(answer -> assertThat(answer)
                .startsWith("HTTP/1.1 429")
                .containsPattern("Retry-After: [1-6]\r\n")
                .contains(":login-limited"));
        assertThat(new Loopback(url, 21).logIn(OperatorAccount.NAME, password)).startsWith("HTTP/1.1 204");
    }

    /** Scenario: time passes, which the test cannot wait for: the session's row tells another begin, or another last use. */
    @ParameterizedTest
    @CsvSource({"began_at, 12 hours", "used_at, 30 minutes"})
    void sessionEnds_afterItsLongestLife_orUnused(String column, String age) throws Exception {
        operator.logIn(OperatorAccount.NAME, password);
        assertThat(operator.session().getString("operator")).isEqualTo(OperatorAccount.NAME);
        try (var connection = databases.orders().getConnection();
                var older = connection.prepareStatement("UPDATE operator_session SET " + column + " = " + column
                        + " - ?::interval WHERE cookie_hash = sha256(?::bytea)")) {
            older.setString(1, age);
            older.setString(2, operator.cookie());
            assertThat(older.executeUpdate()).isOne();
        }
        LauncherProcess.await(
                Duration.ofSeconds(10), "its end", () -> operator.session().isNull("operator"));
    }

    @Test
    void operatorsWrite_needsTheTokenOfTheSession() throws Exception {
        int productId = databases.productOf(5);
        operator.logIn(OperatorAccount.NAME, password);
        String order = OrderApi.orderJson(UUID.randomUUID(), productId, 1, "with a session");
        String token = operator.session().getString("csrfToken");

        for (String wrong : List.of("", "wrong", token.toUpperCase(Locale.ROOT))) {
            operator.useToken(wrong);
            HttpResponse<String> refused = operator.post("api/orders", order);
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.body()).contains(":csrf-token");
            assertHasSecurityHeaders(refused);
            assertThat(operator.delete("api/session").statusCode()).isEqualTo(403);
        }
        assertThat(databases.stockOf(productId)).isEqualTo(5);

        operator.useToken(token);
        assertThat(operator.post("api/orders", order).statusCode()).isEqualTo(201);
    }

    @Test
    void logoutEndsTheSession_forTheServerToo() {
        assertThat(operator.delete("api/session").body()).contains(":login-required");
        operator.enter(password);
        assertThat(operator.delete("api/session").statusCode()).isEqualTo(204);
        assertThat(operator.session().isNull("operator")).isTrue();
        assertThat(operator.delete("api/session").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site,cross-site",
        "Sec-Fetch-Site,same-site",
        "Sec-Fetch-Site,anything",
        "Origin,https://evil.example",
        "Origin,null",
        "Origin,'not a URI'"
    })
    void writeThatAnotherSiteCaused_isRefused(String header, String value) throws Exception {
        int productId = databases.productOf(5);
        HttpResponse<String> response = api.held(
                Method.POST,
                "api/orders",
                api.send(api.request("api/orders")
                        .header("Content-Type", "application/json")
                        .header(header, value)
                        .POST(BodyPublishers.ofString(
                                OrderApi.orderJson(UUID.randomUUID(), productId, 1, "from elsewhere")))));
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains(":cross-site");
        assertThat(databases.stockOf(productId)).isEqualTo(5);
    }

    @Test
    void writesOfThisSite_andOfNoBrowser_areTaken() throws Exception {
        int productId = databases.productOf(5);
        for (Map<String, String> headers : List.<Map<String, String>>of(
                Map.of(),
                Map.of("Sec-Fetch-Site", "same-origin"),
                Map.of("Origin", "http://" + url.getAuthority()),
                // A proxy has ended TLS.
                Map.of("Origin", "https://" + url.getAuthority(), "Sec-Fetch-Site", "same-origin"))) {
            var request = api.request("api/orders").header("Content-Type", "application/json");
            headers.forEach(request::header);
            HttpResponse<String> response = api.send(request.POST(
                    BodyPublishers.ofString(OrderApi.orderJson(UUID.randomUUID(), productId, 1, "from here"))));
            assertThat(response.statusCode()).as(headers::toString).isEqualTo(201);
            assertThat(response.headers().map()).doesNotContainKey("set-cookie");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "</script><img src=x onerror=alert(1)>",
                "\"},{\"orderId\":\"'; DROP TABLE customer_order; --",
                "back\\slash & ampersand",
                "👩‍👩‍👧‍👦 🍵",
                "مرحبا, from right to left",
            })
    void hostileName_comesBackAsTheSameText_inJsonThatNoBrowserSniffs(String name) throws Exception {
        int productId = databases.productOf(5);
        UUID orderId = UUID.randomUUID();
        assertThat(api.post(OrderApi.orderJson(orderId, productId, 1, name)).statusCode())
                .isEqualTo(201);
        HttpResponse<String> one = api.get("api/orders/" + orderId);
        assertThat(OrderApi.json(one).getString("orderName")).isEqualTo(name);
        HttpResponse<String> newest = api.get("api/orders?limit=1");
        for (HttpResponse<String> response : List.of(one, newest)) {
            assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
            assertHasSecurityHeaders(response);
        }
        assertThat(newest.body()).isEqualTo("[" + one.body() + "]");
    }

    @Test
    void databaseKeepsOnlyASlowHashOfThePassword() throws Exception {
        try (var connection = databases.orders().getConnection();
                var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT name, password_hash FROM operator")) {
            List<String> hashes = new ArrayList<>();
            while (row.next()) {
                hashes.add(row.getString("password_hash"));
            }
            assertThat(hashes)
                    .singleElement()
                    .asString()
                    .startsWith("PBKDF2WithHmacSHA512:210000:")
                    .doesNotContain(password);
        }
    }

    private static Duration shorter(Duration before, Loopback from, String name) {
        long begin = System.nanoTime();
        assertThat(from.logIn(name, "x")).startsWith("HTTP/1.1 401");
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        return took.compareTo(before) < 0 ? took : before;
    }

    private static void assertHasSecurityHeaders(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Security-Policy"))
                .hasValue("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                        + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
        assertThat(response.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(response.headers().firstValue("Referrer-Policy")).hasValue("same-origin");
        assertThat(response.headers().firstValue("Cross-Origin-Opener-Policy")).hasValue("same-origin");
        assertThat(response.headers().firstValue("Cross-Origin-Resource-Policy"))
                .hasValue("same-origin");
        assertThat(response.headers().firstValue("Permissions-Policy").orElseThrow())
                .contains("camera=()");
    }
}
