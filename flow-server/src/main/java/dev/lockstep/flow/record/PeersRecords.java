package dev.lockstep.flow.record;

import dev.lockstep.flow.observe.FlowRecord;
import dev.lockstep.flow.observe.FlowRecords;
import dev.lockstep.flow.observe.RecordedEvent;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.Outbox;
import dev.lockstep.flow.wire.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Asks the servers of a flow for what they have recorded of it: those that this server's messages name, then those that their messages name. Only
 * peers are asked. Thread-safe.
 */
public final class PeersRecords implements FlowRecords {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int SERVERS_MAX = 16;

    private final String here;
    private final Function<String, Optional<Peer>> peers;
    private final Outbox outbox;
    private final FlowRecorder recorder;

    /**
     * Asks nobody yet.
     *
     * @param here this server's name
     * @param peers finds a peer by its name
     * @param outbox sends the questions
     * @param recorder knows this server's own messages
     */
    public PeersRecords(String here, Function<String, Optional<Peer>> peers, Outbox outbox, FlowRecorder recorder) {
        this.here = here;
        this.peers = peers;
        this.outbox = outbox;
        this.recorder = recorder;
    }

    @Override
    public CompletableFuture<List<FlowRecord>> ofOthers(UUID flow) {
        return askOn(flow, new LinkedHashMap<>(), namedBy(recorder.events(flow)));
    }

    private CompletableFuture<List<FlowRecord>> askOn(UUID flow, Map<String, FlowRecord> known, Set<String> named) {
        List<CompletableFuture<FlowRecord>> asked = named.stream()
                .filter(server -> !server.equals(here) && !known.containsKey(server))
                .limit(Math.max(0, SERVERS_MAX - known.size()))
                .map(server -> ask(flow, server))
                .toList();
        if (asked.isEmpty()) {
            return CompletableFuture.completedFuture(List.copyOf(known.values()));
        }
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenCompose(all -> {
            Map<String, FlowRecord> more = new LinkedHashMap<>(known);
            Set<String> next = new LinkedHashSet<>();
            for (CompletableFuture<FlowRecord> answer : asked) {
                FlowRecord record = answer.join();
                more.put(record.server(), record);
                next.addAll(namedBy(record.events()));
            }
            return askOn(flow, more, next);
        });
    }

    private static Set<String> namedBy(Collection<RecordedEvent> events) {
        Set<String> named = new LinkedHashSet<>();
        for (RecordedEvent event : events) {
            if (event instanceof RecordedEvent.OfMessage message
                    && !message.event().peer().isEmpty()) {
                named.add(message.event().peer());
            }
        }
        return named;
    }

    private CompletableFuture<FlowRecord> ask(UUID flow, String server) {
        return peers.apply(server)
                .map(peer -> ask(peer, flow, new ArrayList<>())
                        .thenApply(events -> events.isEmpty()
                                ? FlowRecord.missing(
                                        server, server + " has recorded nothing of it, or was started anew since then")
                                : new FlowRecord(server, events, ""))
                        .exceptionally(failure -> FlowRecord.missing(server, reason(failure))))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        FlowRecord.missing(server, server + " is no peer of " + here)));
    }

    private CompletableFuture<List<RecordedEvent>> ask(Peer peer, UUID flow, List<RecordedEvent> known) {
        return outbox.send(peer, new Message.Events(flow, known.size()), LIMIT)
                .toCompletableFuture()
                .thenCompose(reply -> {
                    Reply.Recorded recorded = (Reply.Recorded) reply;
                    known.addAll(recorded.events());
                    boolean isEnough = recorded.events().isEmpty() || known.size() >= Message.Events.MAX;
                    return recorded.areMore() && !isEnough
                            ? ask(peer, flow, known)
                            : CompletableFuture.completedFuture(known);
                });
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }
}
