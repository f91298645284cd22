package dev.lockstep.flow.registry;

import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.NoAnswerException;
import dev.lockstep.flow.wire.Outbox;
import dev.lockstep.flow.wire.Reply;
import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

/** Carries messages between the servers of a test, or does not. */
final class MemoryNet {

    /** What becomes of a message. */
    enum Fate {
        ARRIVES,
        LOST,
        ANSWER_LOST,
        REFUSED
    }

    private final Map<String, Server> servers = new ConcurrentHashMap<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final List<Duration> limits = new CopyOnWriteArrayList<>();
    private volatile BiFunction<String, Message, Fate> fate = (way, message) -> Fate.ARRIVES;

    void add(Server server) {
        servers.put(server.name(), server);
    }

    /** Decides over each message; its way is {@code from>to}. */
    void fate(BiFunction<String, Message, Fate> decided) {
        fate = decided;
    }

    /** {@return what was sent: {@code from>to Kind}} */
    List<String> log() {
        return log;
    }

    /** {@return how long each answer would have been waited for} */
    List<Duration> limits() {
        return limits;
    }

    List<String> log(String kind) {
        return log.stream().filter(line -> line.endsWith(" " + kind)).toList();
    }

    /** Of one process: what it says when it is gone is never heard. */
    Outbox outbox(String from, BooleanSupplier isAlive) {
        return (to, message, limit) -> isAlive.getAsBoolean() ? send(from, to, message, limit) : unheard(from, limit);
    }

    private static CompletionStage<Reply> unheard(String from, Duration limit) {
        return new CompletableFuture<Reply>()
                .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(e -> {
                    throw new CompletionException(new NoAnswerException(from + " is gone", e));
                });
    }

    /** Sends as if a server did. */
    CompletionStage<Reply> send(String from, String to, Message message) {
        return send(from, servers.get(from).peer(to), message, Duration.ofSeconds(5));
    }

    private CompletionStage<Reply> send(String from, Peer to, Message message, Duration limit) {
        String way = from + ">" + to.name();
        log.add(way + " " + message.getClass().getSimpleName());
        limits.add(limit);
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        Fate decided = fate.apply(way, message);
        Server server = servers.get(to.name());
        if (decided == Fate.REFUSED || server.isDown()) {
            answer.completeExceptionally(new NoAnswerException(way, new ConnectException("refused")));
        } else if (decided != Fate.LOST && !servers.get(from).isDown()) {
            deliver(server, from, message, decided == Fate.ARRIVES ? answer : new CompletableFuture<>());
        }
        return answer.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).exceptionally(e -> {
            throw new CompletionException(
                    e instanceof NoAnswerException ? e : new NoAnswerException(way + " is silent", e));
        });
    }

    /** Listener threads wait for nobody, so the sender's will do. */
    private static void deliver(Server to, String from, Message message, CompletableFuture<Reply> answer) {
        to.node().inbox().on(to.peer(from), message).whenComplete((reply, failure) -> {
            if (failure == null) {
                answer.complete(reply);
            } else {
                answer.completeExceptionally(new NoAnswerException("500", failure));
            }
        });
    }
}
