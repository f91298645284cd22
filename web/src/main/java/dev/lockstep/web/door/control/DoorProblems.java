package dev.lockstep.web.door.control;

import dev.lockstep.web.Exchange;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The errors of what does not get as far as a servlet; the OpenAPI document tells them of the whole API. */
public final class DoorProblems {

    private static final Map<Integer, String> TITLES = Map.ofEntries(
            Map.entry(400, "Bad request"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not found"),
            Map.entry(405, "Method not allowed"),
            Map.entry(408, "Request timeout"),
            Map.entry(413, "Body too large"),
            Map.entry(414, "Address too long"),
            Map.entry(416, "Range not satisfiable"),
            Map.entry(417, "Expectation failed"),
            Map.entry(431, "Header too large"),
            Map.entry(500, "Internal error"),
            Map.entry(501, "Not implemented"),
            Map.entry(503, "Unavailable"),
            Map.entry(505, "HTTP version not supported"));

    private static final Set<Integer> OUR_FAULTS = Set.of(500, 502, 503, 504);

    private DoorProblems() {}

    /**
     * The body does not come.
     *
     * @param limit how long it may take in all
     * @return 408
     */
    public static Problem bodyTimeout(Duration limit) {
        return new Problem(
                "body-timeout",
                408,
                "Body timeout",
                "The body did not come within " + limit.toSeconds() + " s; nothing was done");
    }

    /** {@return 413} */
    public static Problem bodyTooLarge() {
        return HttpProblems.bodyTooLarge(Exchange.BODY_MAX);
    }

    /**
     * The request is for another server.
     *
     * @param host the value of {@code Host}
     * @return 421 (RFC 9110, section 15.5.20)
     */
    public static Problem unknownHost(String host) {
        return new Problem(
                "unknown-host",
                421,
                "Unknown host",
                "This server is not called '" + HttpProblems.echo(host) + "'; LOCKSTEP_HOST_NAMES lists its names");
    }

    /**
     * Nobody can tell for whom the request is (RFC 9112, section 3.2).
     *
     * @param count how many {@code Host} fields it has
     * @return 400
     */
    public static Problem severalHosts(int count) {
        return HttpProblems.invalidRequest(
                List.of(new InvalidField("Host", "must be there once, not " + count + " times")));
    }

    /** {@return 400: of the query there is no text} */
    public static Problem queryIsNoText() {
        return HttpProblems.invalidRequest(
                List.of(new InvalidField("query", "must be UTF-8, or better ASCII with escapes")));
    }

    /**
     * The client expects what no server here does.
     *
     * @param expectation the value of {@code Expect}
     * @return 417
     */
    public static Problem expectationFailed(String expectation) {
        return new Problem(
                "expectation-failed",
                417,
                "Expectation failed",
                "Expect is '" + HttpProblems.echo(expectation) + "', only 100-continue can be met");
    }

    /**
     * How the body is packed is not known, so neither is where it ends.
     *
     * @param coding the value of {@code Transfer-Encoding}
     * @return 501 (RFC 9112, section 6.1)
     */
    public static Problem unknownCoding(String coding) {
        return new Problem(
                "http-501",
                501,
                "Not implemented",
                "Transfer-Encoding is '" + HttpProblems.echo(coding) + "', only chunked is known");
    }

    /**
     * What the container alone has to say.
     *
     * @param status an HTTP status, 400 to 599
     * @return the same in our words
     */
    public static Problem of(int status) {
        String title = TITLES.getOrDefault(status, "Refused");
        String detail =
                OUR_FAULTS.contains(status) ? "this is our fault; the server's log has the reason" : "nothing was done";
        return new Problem("http-" + status, status, title, title + ": " + detail);
    }
}
