package dev.lockstep.flow.wire;

import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.flow.trust.NotTrustedException;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.trust.Sent;
import dev.lockstep.flow.trust.Signatures;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends messages over HTTP/1.1, to the addresses of the peers file alone: no redirect is followed, no proxy is asked, and no POST is sent again.
 * (Java's client repeats a GET whose connection breaks; the only one asks whether a flow lives.) Thread-safe.
 */
public final class WireClient implements Outbox, AutoCloseable {

    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(2);
    private static final int THREADS = 4;
    private static final int ECHO_MAX = 200;

    private final Signatures signatures;
    private final ExecutorService threads;
    private final HttpClient http;

    /**
     * A client without connections.
     *
     * @param signatures of the protocol
     * @param tls whose certificates are trusted
     */
    public WireClient(Signatures signatures, Tls tls) {
        this.signatures = signatures;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "lockstep-flow-client-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(CONNECT_LIMIT)
                .executor(threads);
        tls.client().ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    @Override
    public CompletionStage<Reply> send(Peer to, Message message, Duration limit) {
        Address address = Address.of(message);
        byte[] body = MessageJson.write(message);
        String method = address.verb().method();
        Sent sent = signatures.sign(to, method, address.path(), Map.of(), Signatures.digest(body));
        HttpRequest request = HttpRequest.newBuilder(to.protocol().resolve(address.path()))
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .header(Signatures.HEADER, sent.header())
                .header("Content-Type", WireFilter.MEDIA_TYPE)
                .build();
        CompletableFuture<HttpResponse<byte[]>> exchange;
        try {
            exchange = http.sendAsync(request, head -> new LimitedBody());
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(noAnswer(to, address, limit, e));
        }
        return exchange.thenApply(answer -> read(sent, message, answer))
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .handleAsync(
                        (reply, failure) -> {
                            if (failure == null) {
                                return reply;
                            }
                            exchange.cancel(true); // of what comes later nobody hears
                            NoAnswerException noAnswer = noAnswer(to, address, limit, failure);
                            ServerFlows.tally().unanswered(to.name(), Instant.now(), noAnswer.getMessage());
                            throw new CompletionException(noAnswer);
                        },
                        threads);
    }

    private Reply read(Sent sent, Message message, HttpResponse<byte[]> answer) {
        try {
            signatures.verifyAnswer(sent, answer.statusCode(), headers(answer), Signatures.digest(answer.body()));
            Reply reply = ReplyJson.read(answer.body());
            if (ReplyJson.status(reply) != answer.statusCode() || !Fitting.fits(message, reply)) {
                throw new NoAnswerException(cameInstead(answer, "which is no answer to this"), null);
            }
            return reply;
        } catch (NotTrustedException | MalformedException e) {
            throw new CompletionException(new NoAnswerException(cameInstead(answer, e.getMessage()), e));
        } catch (NoAnswerException e) {
            throw new CompletionException(e);
        }
    }

    private static Map<String, String> headers(HttpResponse<?> answer) {
        Map<String, String> headers = new HashMap<>();
        answer.headers()
                .map()
                .forEach((String name, List<String> values) ->
                        headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        return headers;
    }

    private static String cameInstead(HttpResponse<byte[]> answer, String why) {
        String body = new String(answer.body(), StandardCharsets.UTF_8).replaceAll("\\p{Cntrl}", " ");
        return answer.statusCode() + " '" + (body.length() <= ECHO_MAX ? body : body.substring(0, ECHO_MAX) + "…")
                + "': " + why;
    }

    private static NoAnswerException noAnswer(Peer to, Address address, Duration limit, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        String came = cause instanceof NoAnswerException
                ? cause.getMessage()
                : cause instanceof TimeoutException
                        ? "nothing within " + limit.toMillis() + " ms"
                        : String.valueOf(cause);
        return new NoAnswerException(
                "No answer of " + to + " to " + address.verb().word() + " " + address.about() + ", but " + came, cause);
    }

    /** Ends its threads; what waits for an answer gets none. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
