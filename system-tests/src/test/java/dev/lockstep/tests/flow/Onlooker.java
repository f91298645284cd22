package dev.lockstep.tests.flow;

import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.RecordedEvent;
import dev.lockstep.flow.trust.Peers;
import dev.lockstep.flow.trust.Signatures;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.flow.wire.Tls;
import dev.lockstep.flow.wire.WireClient;
import dev.lockstep.journal.FlowNews;
import dev.lockstep.journal.RecordedStories;
import dev.lockstep.journal.StoryJson;
import dev.lockstep.web.stream.OrderNames;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A peer that looks at a flow, as the picture does: it asks each server for what that has recorded. */
final class Onlooker implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Peers peers;
    private final WireClient client;

    /**
     * Asks in the name of a machine.
     *
     * @param node which
     * @param peersFile what that knows of the others
     */
    Onlooker(Role node, Path peersFile) {
        try {
            peers = Peers.open(peersFile, node.node());
            client = new WireClient(Signatures.ofProtocol(peers, Clock.systemUTC()), Tls.from(Map.of()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All events of a flow that a machine has recorded, in their order there. */
    List<RecordedEvent> events(Role machine, UUID flow) {
        List<RecordedEvent> events = new ArrayList<>();
        Reply.Recorded recorded;
        do {
            recorded = (Reply.Recorded) client.send(
                            peers.named(machine.node()).orElseThrow(),
                            new Message.Events(flow, Set.of(), events.size()),
                            LIMIT)
                    .toCompletableFuture()
                    .join();
            events.addAll(recorded.events());
        } while (recorded.areMore());
        return events;
    }

    /** The same as transactions, as the console would tell them. */
    static JsonArray transactions(Role machine, List<RecordedEvent> events) {
        RecordedStories stories = new RecordedStories();
        for (RecordedEvent event : events) {
            if (event instanceof RecordedEvent.OfBranch branch) {
                stories.add(branch.event());
            } else if (event instanceof RecordedEvent.OfMessage message) {
                stories.add(news(machine, message.event()));
            }
        }
        JsonArrayBuilder all = Json.createArrayBuilder();
        stories.all().forEach(story -> all.add(StoryJson.of(story, OrderNames.SHOWN)));
        return all.build();
    }

    private static FlowNews news(Role machine, FlowEvent event) {
        boolean isOpen = event.moment() == FlowEvent.Moment.BEFORE;
        dev.lockstep.journal.Message message = new dev.lockstep.journal.Message(
                event.kind().name(),
                event.peer(),
                event.direction() == FlowEvent.Direction.OUT,
                event.call(),
                event.time(),
                isOpen ? null : event.time(),
                isOpen ? "" : event.result().name(),
                event.detail());
        return new FlowNews(
                event.flow().toString(), machine.node(), event.handle(), event.globalId(), message, List.of());
    }

    @Override
    public void close() {
        client.close();
    }
}
