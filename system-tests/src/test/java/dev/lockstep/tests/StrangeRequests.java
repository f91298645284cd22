package dev.lockstep.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Requests that are nearly right, by a seed: each part is as it should be, or something strange, or has something strange in it. */
final class StrangeRequests {

    private static final String UUID_HERE = "{uuid}";

    private static final List<String> PATHS = List.of(
            "/",
            "/index.html",
            "/console.html",
            "/js/page.js",
            "/css/base.css",
            "/nothing",
            "/openapi",
            "/health",
            "/health/ready",
            "/metrics",
            "/api",
            "/api/",
            "/api/nothing",
            "/api/products",
            "/api/orders",
            "/api/orders?limit=3",
            "/api/orders/{uuid}",
            "/api/tickets",
            "/api/tickets?state=FAILED",
            "/api/tickets/{uuid}",
            "/api/tickets/{uuid}/events",
            "/api/tickets/{uuid}/retry",
            "/api/tickets/{uuid}/refuse",
            "/api/transactions",
            "/api/transactions?state=x",
            "/api/transactions/x~y",
            "/api/transactions/events",
            "/api/branches",
            "/api/branches/x/resolve",
            "/api/flows",
            "/api/flows/{uuid}",
            "/api/statistics",
            "/api/statistics/reset",
            "/api/audit",
            "/api/holds",
            "/api/holds/{uuid}",
            "/api/holds/{uuid}/commit",
            "/api/breaks",
            "/api/live",
            "/api/session");

    private static final List<String> IN_A_PATH = List.of(
            "%zz",
            "%",
            "%00",
            "%2f",
            "%2e%2e",
            "%0d%0a",
            "%25",
            "%E4",
            "%C0%AF",
            ";x=1",
            ";jsessionid=1",
            "//",
            "/./",
            "/../",
            "/.../",
            "\\",
            "\u00e4",
            "?limit=%zz",
            "?limit=-1",
            "?a=b&a=c",
            "#x",
            "*",
            "~",
            "'",
            "\"",
            "<script>",
            "{}",
            "+",
            "/",
            ".",
            "x".repeat(300));

    private static final List<String> METHODS = List.of(
            "GET", "GET", "GET", "POST", "POST", "POST", "HEAD", "DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "FOO",
            "get", "\u00e4");

    private static final List<String> HEADERS = List.of(
            "Accept: application/json",
            "Accept: text/html;q=0, */*;q=0",
            "Accept: nonsense",
            "Accept: " + "a/b,".repeat(300),
            "Accept-Encoding: gzip",
            "Expect: 100-continue",
            "Expect: x",
            "Upgrade: x",
            "Upgrade: h2c",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Connection: keep-alive",
            "Range: bytes=0-3",
            "Range: bytes=9-1",
            "Range: x",
            "If-Modified-Since: x",
            "If-None-Match: *",
            "Cookie: lockstep-session=x",
            "Cookie: =;;=",
            "X-CSRF-Token: x",
            "Origin: https://evil.example",
            "Origin: null",
            "Sec-Fetch-Site: cross-site",
            "X-Forwarded-Proto: https",
            "X-Forwarded-Proto: \u00e4",
            "Authorization: Basic x",
            "traceparent: 00-x-y-z",
            "Content-Encoding: gzip",
            "Content-Type: text/plain",
            "Content-Type: application/json;charset=x",
            "Transfer-Encoding: x",
            "Host: localhost",
            "Host: evil.example",
            "X: " + "\u0001\u0002",
            "X-\u00e4: \u00e4",
            "X: " + "x".repeat(9000),
            "Content-Length: -1",
            "Content-Length: 99999999999999999999",
            "Content-Length: x",
            "No colon");

    private static final List<String> IN_JSON = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\\",
            "\\u0000",
            "\\u202e",
            "null",
            "true",
            "1e999",
            "-1",
            "1.0",
            "0.5",
            "\u0000",
            "\u00ff",
            "99999999999999999999",
            "\"orderId\":1,",
            "[".repeat(2000),
            " ".repeat(500));

    private final Random random;
    private final String authority;
    private final int productId;

    StrangeRequests(long seed, String authority, int productId) {
        this.random = new Random(seed);
        this.authority = authority;
        this.productId = productId;
    }

    /**
     * A request.
     *
     * @param method the method
     * @param target the path, and a query perhaps
     * @param text all of it, a byte a character
     */
    record Strange(String method, String target, String text) {}

    Strange next() {
        String method = oneOf(METHODS);
        String target = withStrange(oneOf(PATHS), IN_A_PATH, 3).replace(UUID_HERE, oneIn(2) ? id() : "1-1-1-1-1");
        String body = method.equals("GET") || method.equals("HEAD") ? "" : body();
        List<String> lines = new ArrayList<>();
        lines.add(method
                + ' '
                + target
                + ' '
                + (oneIn(40) ? oneOf(List.of("HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "X")) : "HTTP/1.1"));
        if (!oneIn(50)) {
            lines.add("Host: " + authority);
        }
        lines.add("Connection: close");
        if (!body.isEmpty()) {
            lines.add("Content-Type: application/json");
        }
        boolean isChunked = !body.isEmpty() && oneIn(10);
        if (isChunked) {
            lines.add("Transfer-Encoding: chunked");
            body = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n" + (oneIn(20) ? "zz" : "0") + "\r\n\r\n";
        } else if (!body.isEmpty()) {
            // Once in a while it does not come to the end.
            lines.add("Content-Length: " + (body.length() + (oneIn(200) ? 1 : 0)));
        }
        while (oneIn(2)) {
            lines.add(1 + random.nextInt(lines.size()), oneOf(HEADERS));
        }
        return new Strange(method, target, String.join("\r\n", lines) + "\r\n\r\n" + body);
    }

    private String body() {
        String json = oneOf(List.of(
                "{\"orderId\":\"" + id() + "\",\"productId\":" + productId
                        + ",\"quantity\":1,\"orderName\":\"strange\"}",
                "{\"orderId\":\"" + id() + "\",\"productId\":" + productId
                        + ",\"quantity\":1,\"orderName\":\"strange\"}",
                "{\"ticketId\":\"" + id() + "\",\"productId\":" + productId
                        + ",\"quantity\":2,\"orderName\":\"strange\"}",
                "{\"name\":\"stranger" + random.nextInt(1000) + "\",\"password\":\"x\"}",
                "{\"reason\":\"strange\"}",
                "{\"victims\":[\"payara\"],\"at\":\"PREPARE\"}",
                "[]",
                "x".repeat(17_000)));
        return withStrange(json, IN_JSON, 2);
    }

    /** Few ids, so that some come again. */
    private String id() {
        return new UUID(1, random.nextInt(5000)).toString();
    }

    /** Once in so many times with something strange at any place. */
    private String withStrange(String text, List<String> strange, int rarity) {
        if (!oneIn(rarity)) {
            return text;
        }
        int at = random.nextInt(text.length() + 1);
        return text.substring(0, at) + oneOf(strange) + text.substring(oneIn(2) ? at : Math.min(text.length(), at + 1));
    }

    private boolean oneIn(int rarity) {
        return random.nextInt(rarity) == 0;
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
