package dev.lockstep.flow.record;

import dev.lockstep.flow.observe.FlowRecord;
import dev.lockstep.flow.observe.FlowRecords;
import dev.lockstep.flow.observe.RecordedEvent;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.Outbox;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.branch.GlobalId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
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

    private static final Logger LOG = System.getLogger(PeersRecords.class.getName());

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
        List<RecordedEvent> own = recorder.events(flow);
        Map<String, FlowRecord> none = new LinkedHashMap<>();
        return askOn(flow, transactionsOf(own), none, namedBy(own)).thenCompose(known -> {
            Set<String> forgetful = new LinkedHashSet<>();
            Set<GlobalId> transactions = new LinkedHashSet<>(transactionsOf(own));
            known.values().forEach(record -> transactions.addAll(transactionsOf(record.events())));
            known.values().stream()
                    .filter(record -> record.missing().equals(nothing(record.server())))
                    .forEach(record -> forgetful.add(record.server()));
            return askAgain(flow, transactions, known, forgetful);
        });
    }

    /** Asks those who are named and not known yet; then those whom their records name. */
    private CompletableFuture<Map<String, FlowRecord>> askOn(
            UUID flow, Set<GlobalId> transactions, Map<String, FlowRecord> known, Set<String> named) {
        Set<String> unknown = new LinkedHashSet<>(named);
        unknown.removeAll(known.keySet());
        unknown.remove(here);
        if (unknown.isEmpty() || known.size() >= SERVERS_MAX) {
            return CompletableFuture.completedFuture(known);
        }
        return askAll(flow, transactions, known, unknown).thenCompose(more -> {
            Set<String> next = new LinkedHashSet<>();
            more.values().forEach(record -> next.addAll(namedBy(record.events())));
            return askOn(flow, transactions, more, next);
        });
    }

    /** A server that was started anew knows a branch by the name of the decision alone, which the others' records have told by now. */
    private CompletableFuture<List<FlowRecord>> askAgain(
            UUID flow, Set<GlobalId> transactions, Map<String, FlowRecord> known, Set<String> forgetful) {
        return askAll(flow, transactions, known, forgetful).thenApply(all -> List.copyOf(all.values()));
    }

    private CompletableFuture<Map<String, FlowRecord>> askAll(
            UUID flow, Set<GlobalId> transactions, Map<String, FlowRecord> known, Set<String> servers) {
        List<CompletableFuture<FlowRecord>> asked =
                servers.stream().map(server -> ask(flow, transactions, server)).toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).thenApply(all -> {
            Map<String, FlowRecord> more = new LinkedHashMap<>(known);
            asked.forEach(answer -> more.put(answer.join().server(), answer.join()));
            return more;
        });
    }

    private static String nothing(String server) {
        return server + " has recorded nothing of it, or was started anew since then";
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

    /** What is no global id is a transaction of which no branch can bear the name. */
    private static Set<GlobalId> transactionsOf(Collection<RecordedEvent> events) {
        Set<GlobalId> ids = new LinkedHashSet<>();
        for (RecordedEvent event : events) {
            try {
                ids.add(new GlobalId(
                        event instanceof RecordedEvent.OfMessage message
                                ? message.event().globalId()
                                : ((RecordedEvent.OfBranch) event).event().globalId()));
            } catch (IllegalArgumentException e) {
                LOG.log(Level.TRACE, "An event has no transaction", e);
            }
        }
        return ids;
    }

    private CompletableFuture<FlowRecord> ask(UUID flow, Set<GlobalId> transactions, String server) {
        return peers.apply(server)
                .map(peer -> ask(peer, flow, transactions, new ArrayList<>())
                        .thenApply(events -> events.isEmpty()
                                ? FlowRecord.missing(server, nothing(server))
                                : new FlowRecord(server, events, ""))
                        .exceptionally(failure -> FlowRecord.missing(server, reason(failure))))
                .orElseGet(() -> CompletableFuture.completedFuture(
                        FlowRecord.missing(server, server + " is no peer of " + here)));
    }

    private CompletableFuture<List<RecordedEvent>> ask(
            Peer peer, UUID flow, Set<GlobalId> transactions, List<RecordedEvent> known) {
        return outbox.send(peer, new Message.Events(flow, transactions, known.size()), LIMIT)
                .toCompletableFuture()
                .thenCompose(reply -> {
                    Reply.Recorded recorded = (Reply.Recorded) reply;
                    known.addAll(recorded.events());
                    boolean isEnough = recorded.events().isEmpty() || known.size() >= Message.Events.MAX;
                    return recorded.areMore() && !isEnough
                            ? ask(peer, flow, transactions, known)
                            : CompletableFuture.completedFuture(known);
                });
    }

    private static String reason(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return String.valueOf(cause.getMessage());
    }
}
