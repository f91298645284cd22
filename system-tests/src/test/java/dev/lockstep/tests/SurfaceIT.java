package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.tests.Wire.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers send before any servlet hears of it (D1 to D8 of dev.lockstep.web.door). */
@ExtendWith(AtTheShop.class)
class SurfaceIT {

    /** More than Payara has threads. */
    private static final int STRANGERS = 40;

    /** Of a large file, 5 MB: far more than goes before a thread of Grizzly's would wait. */
    private static final int UNREAD_ANSWERS = 360;

    private static final Duration BODY_LIMIT = Duration.ofSeconds(5);
    private static final Duration SLOW_MACHINE = BODY_LIMIT.multipliedBy(3);

    private URI url;
    private Databases databases;
    private OrderApi api;

    @BeforeEach
    void atTheShop(RunningShop shop) {
        url = shop.url();
        databases = shop.databases();
        api = shop.api();
    }

    private Wire wire() {
        return new Wire(url, SLOW_MACHINE);
    }

    private String head(String request, String... headers) {
        return request + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n"
                + String.join(
                        "",
                        Arrays.stream(headers).map(header -> header + "\r\n").toList()) + "\r\n";
    }

    private Answer ask(String request, String... headers) {
        try (Wire wire = wire()) {
            return wire.say(head(request, headers)).answer();
        }
    }

    private static void assertIsOurs(Answer answer, int status, String mediaType) {
        assertThat(answer.status()).as(answer::toString).isEqualTo(status);
        assertThat(answer.header("Content-Type")).as(answer::toString).startsWith(mediaType);
        assertThat(answer.header("Content-Security-Policy"))
                .as(answer::toString)
                .contains("default-src 'none'");
        assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(answer.toString()).doesNotContainIgnoringCase("payara").doesNotContainIgnoringCase("glassfish");
    }

    private static void assertIsProblem(Answer answer, int status, String type) {
        assertIsOurs(answer, status, "application/problem+json");
        assertThat(answer.body()).contains("problem:" + type + '"');
    }

    /**
     * Scenario: more bodies than the server has threads do not come, half of them byte by byte. Expected outcome: orders are taken
     * meanwhile, and each of those requests ends in 408.
     */
    @Test
    void bodiesThatDoNotCome_holdNobodyUp() throws Exception {
        int productId = databases.productOf(5);
        List<Wire> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < STRANGERS; i++) {
                strangers.add(
                        wire().say(head("POST /api/orders", "Content-Type: application/json", "Content-Length: 1000")
                                + "{"));
            }
            long begin = System.nanoTime();
            for (int i = 0; i < 3; i++) {
                String order = OrderApi.orderJson(UUID.randomUUID(), productId, 1, "meanwhile");
                assertThat(api.post(order).statusCode()).isEqualTo(201);
                strangers.stream().limit(STRANGERS / 2).forEach(stranger -> stranger.say(" "));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BODY_LIMIT);
            for (Wire stranger : strangers) {
                assertIsProblem(stranger.answer(), 408, "body-timeout");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SLOW_MACHINE);
        } finally {
            strangers.forEach(Wire::close);
        }
    }

    /**
     * Scenario: more clients than the server has threads ask for much and read nothing. Expected outcome: orders are taken meanwhile.
     */
    @Test
    void answersThatNobodyReads_holdNobodyUp() throws Exception {
        int productId = databases.productOf(5);
        List<Wire> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < STRANGERS; i++) {
                strangers.add(Wire.unread(url, SLOW_MACHINE)
                        .say(head("GET /js/strings/picture.en.js").repeat(UNREAD_ANSWERS)));
            }
            long begin = System.nanoTime();
            String order = OrderApi.orderJson(UUID.randomUUID(), productId, 1, "meanwhile");
            assertThat(api.post(order).statusCode()).isEqualTo(201);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(SLOW_MACHINE);
        } finally {
            strangers.forEach(Wire::close);
        }
    }

    /** The codec of Payara's HTTP server waits for more than the declared length after any upgrade. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Upgrade: x",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__"
            })
    void offerOfAnotherProtocol_isIgnored(String offer) throws Exception {
        int productId = databases.productOf(5);
        try (Wire wire = wire()) {
            for (int i = 0; i < 2; i++) {
                String order = OrderApi.orderJson(UUID.randomUUID(), productId, 1, "upgrade");
                Answer answer = wire.say(head(
                                        "POST /api/orders",
                                        "Content-Type: application/json",
                                        "Content-Length: " + order.length(),
                                        offer)
                                + order)
                        .answer();
                assertThat(answer.status()).as(answer::toString).isEqualTo(201);
            }
        }
        assertThat(databases.stockOf(productId)).isEqualTo(3);
    }

    /** In pieces, and with the announcement that some clients make first. */
    @Test
    void bodyInPieces_isTaken() throws Exception {
        int productId = databases.productOf(5);
        String order = OrderApi.orderJson(UUID.randomUUID(), productId, 1, "in pieces");
        try (Wire wire = wire()) {
            wire.say(head(
                    "POST /api/orders",
                    "Content-Type: application/json",
                    "Content-Length: " + order.length(),
                    "Expect: 100-continue"));
            assertThat(wire.answer().status()).isEqualTo(100);
            wire.say(order.substring(0, 10)).say(order.substring(10));
            assertThat(wire.answer().status()).isEqualTo(201);
            String chunks = OrderApi.orderJson(UUID.randomUUID(), productId, 1, "in chunks");
            wire.say(head("POST /api/orders", "Content-Type: application/json", "Transfer-Encoding: chunked"))
                    .say("5\r\n" + chunks.substring(0, 5) + "\r\n")
                    .say(Integer.toHexString(chunks.length() - 5) + "\r\n" + chunks.substring(5) + "\r\n0\r\n\r\n");
            assertThat(wire.answer().status()).isEqualTo(201);
        }
        assertThat(databases.stockOf(productId)).isEqualTo(3);
    }

    @Test
    void chunksBeyondTheLimit_areRefused() {
        try (Wire wire = wire()) {
            wire.say(head("POST /api/orders", "Content-Type: application/json", "Transfer-Encoding: chunked"))
                    .say("4001\r\n" + " ".repeat(0x4001) + "\r\n");
            assertIsProblem(wire.answer(), 413, "body-too-large");
        }
        assertIsProblem(
                ask("POST /api/orders", "Content-Length: 16385", "Expect: 100-continue"), 413, "body-too-large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/orders/%zz",
                "POST /api/orders/%zz",
                "GET /api/products;x=1",
                "GET //api/products",
                "GET /api//products",
                "GET /api/./products",
                "GET /js/../api/products",
                "GET /api/.../api/products",
                "GET /api%2fproducts",
                "GET /%61pi/products",
                "GET /api/transactions/events;x"
            })
    void otherSpellingOfAnAddress_isNotFound(String request) {
        assertIsProblem(ask(request), 404, "not-found");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /nothing | 404",
                "GET /%zz | 404",
                "GET /js/ | 404",
                "GET /css | 404",
                "GET %2e%2e | 404",
                "GET /css?limit=%zz | 404",
                "GET /index.html;x | 404",
                "OPTIONS * | 404",
                "TRACE / | 405",
                "DELETE /index.html | 405",
                "OPTIONS /openapi | 405",
                "FOO / | 405",
                "GET /openapi/application.wadl | 404",
                "GET /application.wadl | 404",
            })
    void whatTheContainerWouldAnswer_isAPageOfOurs(String request, int status) {
        assertIsOurs(ask(request), status, "text/html");
    }

    @Test
    void whatTheContainerWouldAnswer_isAProblemUnderApi() {
        assertIsProblem(ask("TRACE /api/orders"), 405, "method-not-allowed");
        assertIsProblem(ask("FOO /api/orders"), 405, "method-not-allowed");
        assertIsProblem(ask("GET /api/orders", "Expect: nothing"), 417, "expectation-failed");
        assertIsProblem(ask("GET /api/orders", "X: " + "x".repeat(10_000)), 431, "http-431");
        assertIsProblem(ask("GET /api/orders", "Content-Length: 1"), 400, "http-400");
        assertIsProblem(ask("POST /api/orders", "Content-Length: 1", "Content-Length: 2"), 400, "http-400");
        assertIsProblem(ask("POST /api/orders", "Transfer-Encoding: nonsense"), 501, "http-501");
        assertIsProblem(ask("GET /api/orders?limit=\u00e4"), 400, "invalid-request");
    }

    /** No path can be read there, so it is a page. */
    @Test
    void whatIsNoRequest_isRefusedInOurWords() {
        assertIsOurs(ask("GET /" + "x".repeat(10_000)), 414, "text/html");
        try (Wire wire = wire()) {
            assertIsOurs(wire.say("GET / HTTP/1.1\r\n\r\n").answer(), 400, "text/html");
        }
        try (Wire wire = wire()) {
            assertIsOurs(wire.say("GET / HTTP/7.3\r\nHost: localhost\r\n\r\n").answer(), 505, "text/html");
        }
        try (Wire wire = wire()) {
            assertThat(wire.say("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").answer().status())
                    .isGreaterThanOrEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Host: evil.example, 421, unknown-host",
        "Host: localhost;Host: evil.example, 400, invalid-request",
        "Host:, 421, unknown-host"
    })
    void hostThatThisServerIsNot_isRefused(String hosts, int status, String type) {
        String head = " HTTP/1.1\r\n" + hosts.replace(";", "\r\n") + "\r\n\r\n";
        try (Wire wire = wire()) {
            assertIsProblem(wire.say("GET /api/products" + head).answer(), status, type);
        }
        try (Wire wire = wire()) {
            assertIsOurs(wire.say("GET /" + head).answer(), status, "text/html");
        }
    }
}
