package dev.lockstep.flow.trust;

import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.flow.trust.NotTrustedException.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Signs requests and answers, and verifies them: HMAC-SHA-256 with a key of the two servers, over fields that are framed. There are two
 * kinds, and no signature of the one is good for the other.
 *
 * <ul>
 *   <li>{@link #ofWork}: calls to applications. They have a window of time, and each nonce is good once.
 *   <li>{@link #ofProtocol}: the protocol's messages. They may be repeated, and have neither: a server whose clock is off could not settle
 *       what it has prepared.
 * </ul>
 *
 * <p>An answer of either kind is bound to the nonce of its request. Thread-safe.
 */
public final class Signatures {

    /** The header of requests and of answers. */
    public static final String HEADER = "Lockstep-Signature";

    /** How far the clocks of two servers may be apart, if nothing else is set. */
    public static final Duration WINDOW = Duration.ofSeconds(30);

    /** For the body of a work answer, which is not signed. */
    public static final byte[] NO_DIGEST = {};

    private static final String VERSION = "lockstep-flow/1";
    private static final int NONCES_MAX = 100_000;

    private final Peers peers;
    private final Clock clock;
    private final String kind;
    private final Optional<Freshness> freshness;

    private Signatures(Peers peers, Clock clock, String kind, Optional<Freshness> freshness) {
        this.peers = peers;
        this.clock = clock;
        this.kind = kind;
        this.freshness = freshness;
    }

    /** What a work request must be beside genuine. */
    private record Freshness(Duration window, Nonces nonces, Instant started) {}

    /**
     * For calls to applications. Make one for each process: it remembers what it has accepted.
     *
     * @param peers whose keys
     * @param clock this server's
     * @param window how far clocks may be apart, {@link #WINDOW} unless set
     * @return signatures of work
     */
    public static Signatures ofWork(Peers peers, Clock clock, Duration window) {
        return ofWork(peers, clock, window, NONCES_MAX, System::nanoTime);
    }

    static Signatures ofWork(Peers peers, Clock clock, Duration window, int nonces, LongSupplier ticker) {
        Freshness freshness = new Freshness(window, new Nonces(window, nonces, ticker), clock.instant());
        return new Signatures(peers, clock, "work", Optional.of(freshness));
    }

    /**
     * For the protocol's messages.
     *
     * @param peers whose keys
     * @param clock this server's
     * @return signatures of messages
     */
    public static Signatures ofProtocol(Peers peers, Clock clock) {
        return new Signatures(peers, clock, "protocol", Optional.empty());
    }

    /**
     * Signs a request, with a nonce of its own.
     *
     * @param to who is asked
     * @param method the HTTP method
     * @param pathAndQuery as on the request line
     * @param headers all whose names begin with {@code Lockstep-Flow}, in any case
     * @param bodyDigest SHA-256 of the body's bytes, also if there are none
     * @return the signature, to be kept until the answer is there
     */
    public Sent sign(Peer to, String method, String pathAndQuery, Map<String, String> headers, byte[] bodyDigest) {
        byte[] key = to.keys().get(0);
        Signature blank = new Signature(self(), clock.millis(), Signature.newNonce(), "");
        Framed fields = request(blank, to.name(), method, pathAndQuery, anyCase(headers), bodyDigest);
        return new Sent(to, blank.with(base64(fields.mac(key))), key);
    }

    /**
     * Verifies a request.
     *
     * @param method the HTTP method
     * @param pathAndQuery as on the request line
     * @param headers those whose names begin with {@code Lockstep-}, in any case
     * @param bodyDigest SHA-256 of the body's bytes
     * @return who sent it
     * @throws NotTrustedException if it is not signed by a peer; or, for work, is not fresh
     */
    public Received verify(String method, String pathAndQuery, Map<String, String> headers, byte[] bodyDigest)
            throws NotTrustedException {
        Map<String, String> anyCase = anyCase(headers);
        Signature signature = Signature.in(anyCase);
        Peer from = peers.named(signature.node())
                .orElseThrow(() -> new NotTrustedException(
                        Reason.UNKNOWN_NODE, "Node '" + signature.node() + "' is not in this server's peers file"));
        Framed fields = request(signature, self(), method, pathAndQuery, anyCase, bodyDigest);
        byte[] key = from.keys().stream()
                .filter(one -> isEqual(fields.mac(one), signature))
                .findFirst()
                .orElseThrow(() -> new NotTrustedException(
                        Reason.WRONG_MAC,
                        "The signature of node '" + from
                                + "' does not match: the keys differ, or the request was altered"));
        Duration skew = Duration.ofMillis(signature.time() - clock.millis());
        ServerFlows.tally().skew(from.name(), skew);
        if (freshness.isPresent()) {
            check(freshness.get(), from, signature, skew);
        }
        ServerFlows.tally().heard(from.name(), clock.instant());
        return new Received(from, signature.nonce(), key, skew);
    }

    private static void check(Freshness freshness, Peer from, Signature signature, Duration skew)
            throws NotTrustedException {
        if (skew.abs().compareTo(freshness.window) > 0) {
            throw new NotTrustedException(
                    Reason.CLOCK_OFF,
                    "The clock of node '" + from + "' is " + skew.abs().toSeconds() + " s "
                            + (skew.isNegative() ? "behind" : "ahead of") + " this server's; at most "
                            + freshness.window.toSeconds() + " s are allowed",
                    skew);
        }
        if (signature.time() < freshness.started.toEpochMilli()) {
            throw new NotTrustedException(
                    Reason.OLDER_THAN_PROCESS,
                    "Node '" + from
                            + "' signed this before this server was started, which knows no nonces of that time",
                    skew);
        }
        freshness.nonces.use(from.name(), signature.nonce());
    }

    /**
     * Signs an answer.
     *
     * @param request what is answered
     * @param status the HTTP status
     * @param headers the answer's whose names begin with {@code Lockstep-Flow}, in any case
     * @param bodyDigest SHA-256 of the body's bytes; {@link #NO_DIGEST} for work
     * @return the value of the header {@link #HEADER}
     */
    public String answer(Received request, int status, Map<String, String> headers, byte[] bodyDigest) {
        Signature blank = new Signature(self(), clock.millis(), request.nonce(), "");
        Framed fields = answer(blank, request.from().name(), status, anyCase(headers), bodyDigest);
        return blank.with(base64(fields.mac(request.key()))).toString();
    }

    /**
     * Verifies an answer.
     *
     * @param request what is answered
     * @param status the HTTP status
     * @param headers the answer's whose names begin with {@code Lockstep-}, in any case
     * @param bodyDigest SHA-256 of the body's bytes; {@link #NO_DIGEST} for work
     * @throws NotTrustedException if it is not signed by the server that was asked, as an answer to this request
     */
    public void verifyAnswer(Sent request, int status, Map<String, String> headers, byte[] bodyDigest)
            throws NotTrustedException {
        Map<String, String> anyCase = anyCase(headers);
        Signature signature = Signature.in(anyCase);
        String asked = request.to().name();
        if (!signature.node().equals(asked)) {
            throw new NotTrustedException(
                    Reason.UNKNOWN_NODE,
                    "Node '" + signature.node() + "' has signed the answer, but '" + asked + "' was asked");
        }
        if (!signature.nonce().equals(request.nonce())) {
            throw new NotTrustedException(Reason.OTHER_REQUEST, "Node '" + asked + "' has answered another request");
        }
        if (!isEqual(answer(signature, self(), status, anyCase, bodyDigest).mac(request.key()), signature)) {
            throw new NotTrustedException(
                    Reason.WRONG_MAC,
                    "The signature of the answer of node '" + asked + "' does not match: it was altered");
        }
        ServerFlows.tally().heard(asked, clock.instant());
    }

    /**
     * Digests a body.
     *
     * @param body its bytes
     * @return SHA-256 of them
     */
    public static byte[] digest(byte[] body) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(body);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private Framed request(
            Signature by, String to, String method, String pathAndQuery, Map<String, String> headers, byte[] digest) {
        return begun(kind, by, to)
                .add(method)
                .add(pathAndQuery)
                .add(headers.getOrDefault("Lockstep-Flow", ""))
                .add(headers.getOrDefault("Lockstep-Flow-Call", ""))
                .add(base64(digest));
    }

    private Framed answer(Signature by, String to, int status, Map<String, String> headers, byte[] digest) {
        return begun(kind + "-answer", by, to)
                .add(Integer.toString(status))
                .add(headers.getOrDefault("Lockstep-Flow-Answer", ""))
                .add(headers.getOrDefault("Lockstep-Flow-Databases", ""))
                .add(base64(digest));
    }

    private static Framed begun(String kind, Signature by, String to) {
        return new Framed()
                .add(VERSION)
                .add(kind)
                .add(by.node())
                .add(to)
                .add(Long.toString(by.time()))
                .add(by.nonce());
    }

    private String self() {
        return peers.self().name();
    }

    private static Map<String, String> anyCase(Map<String, String> headers) {
        Map<String, String> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        anyCase.putAll(headers);
        return anyCase;
    }

    private static boolean isEqual(byte[] mac, Signature signature) {
        return MessageDigest.isEqual(
                base64(mac).getBytes(StandardCharsets.US_ASCII), signature.mac().getBytes(StandardCharsets.US_ASCII));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
