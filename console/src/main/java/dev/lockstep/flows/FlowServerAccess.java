package dev.lockstep.flows;

import dev.lockstep.flow.observe.FlowCounters;
import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.FlowListener;
import dev.lockstep.flow.observe.FlowRecord;
import dev.lockstep.flow.observe.FlowSurvey;
import dev.lockstep.flow.observe.OpenFlow;
import dev.lockstep.flow.observe.PeerContact;
import dev.lockstep.flow.observe.RecordedEvent;
import dev.lockstep.flow.observe.Refusal;
import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.journal.FlowNews;
import dev.lockstep.journal.Message;
import dev.lockstep.journal.RecordedStories;
import dev.lockstep.journal.Story;
import dev.lockstep.journal.StoryJson;
import dev.lockstep.participant.observe.Subject;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.web.stream.OrderNames;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The module flow-server, as this module sees it. Only this class knows it, and what it calls. */
final class FlowServerAccess implements FlowAccess {

    /** What a server does by itself, though it may be because of a peer. */
    private static final Set<FlowEvent.Kind> ALONE = Set.of(FlowEvent.Kind.PATIENCE, FlowEvent.Kind.IN_DOUBT);

    private final Clock now;
    private volatile FlowListener listening;

    FlowServerAccess() {
        this(Clock.systemUTC());
    }

    FlowServerAccess(Clock now) {
        this.now = now;
    }

    @Override
    public JsonObject survey() {
        return SurveyJson.of(ServerFlows.survey(), now.instant());
    }

    @Override
    public FlowNumbers numbers() {
        FlowSurvey survey = ServerFlows.survey();
        Instant moment = now.instant();
        Map<String, Duration> oldestPrepared = new HashMap<>();
        survey.flows().stream()
                .filter(flow -> flow.isParked() && !flow.commitPoint().isEmpty())
                .forEach(flow -> oldestPrepared.merge(
                        flow.commitPoint(), age(flow, moment), (one, other) -> one.compareTo(other) > 0 ? one : other));
        FlowCounters counters = survey.counters();
        return new FlowNumbers(
                survey.flows().size(),
                (int) survey.flows().stream()
                        .filter(FlowServerAccess::isWaiting)
                        .count(),
                (int) survey.flows().stream().filter(OpenFlow::isParked).count(),
                survey.flows().stream()
                        .filter(OpenFlow::isParked)
                        .map(flow -> age(flow, moment))
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO),
                oldestPrepared,
                counters.patienceRollbacks(),
                counters.inDoubtAnswers(),
                waits(counters.parked()),
                refusals(counters),
                counters.rowsKept(),
                waits(counters.waits()),
                peers(survey.peers()));
    }

    private static boolean isWaiting(OpenFlow flow) {
        return flow.waits().stream().anyMatch(wait -> wait.kind() != OpenFlow.Wait.Kind.APPLICATION);
    }

    private static Duration age(OpenFlow flow, Instant moment) {
        return Duration.between(flow.since(), moment);
    }

    private static FlowNumbers.Waits waits(FlowCounters.Waits waits) {
        return new FlowNumbers.Waits(waits.count(), waits.total(), waits.longest());
    }

    private static Map<String, FlowNumbers.Waits> waits(Map<String, FlowCounters.Waits> byName) {
        Map<String, FlowNumbers.Waits> all = new HashMap<>();
        byName.forEach((name, waits) -> all.put(name, waits(waits)));
        return all;
    }

    private static Map<String, Long> refusals(FlowCounters counters) {
        Map<String, Long> all = new LinkedHashMap<>();
        for (Refusal reason : Refusal.values()) {
            all.put(reason.name(), counters.refusals().getOrDefault(reason, 0L));
        }
        return all;
    }

    private static Map<String, FlowNumbers.Peer> peers(Collection<PeerContact> contacts) {
        Map<String, FlowNumbers.Peer> peers = new LinkedHashMap<>();
        contacts.forEach(contact -> peers.put(
                contact.name(),
                new FlowNumbers.Peer(
                        contact.isReachable(), words(contact), contact.skew().orElse(Duration.ZERO))));
        return peers;
    }

    private static String words(PeerContact contact) {
        if (!contact.isReachable()) {
            return "does not answer since " + contact.failed().orElseThrow() + ": " + contact.reason();
        }
        return contact.heard().map(heard -> "heard of at " + heard).orElse("not heard of yet");
    }

    @Override
    public CompletionStage<JsonArray> recordsOfOthers(String flow) {
        return ServerFlows.recordsOfOthers(UUID.fromString(flow)).thenApply(FlowServerAccess::records);
    }

    private static JsonArray records(List<FlowRecord> records) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (FlowRecord record : records) {
            JsonObjectBuilder json = Json.createObjectBuilder().add("server", record.server());
            if (record.missing().isEmpty()) {
                JsonArrayBuilder transactions = Json.createArrayBuilder();
                stories(record).forEach(story -> transactions.add(StoryJson.of(story, OrderNames.MASKED)));
                json.add("transactions", transactions);
            } else {
                json.add("missing", record.missing());
            }
            array.add(json);
        }
        return array.build();
    }

    private static List<Story> stories(FlowRecord record) {
        RecordedStories stories = new RecordedStories();
        for (RecordedEvent event : record.events()) {
            if (event instanceof RecordedEvent.OfMessage message) {
                stories.add(news(message.event(), record.server(), List.of()));
            } else if (event instanceof RecordedEvent.OfBranch branch) {
                stories.add(branch.event());
            }
        }
        return stories.all();
    }

    @Override
    public Optional<String> flowOf(String transaction) {
        return ServerFlows.flowOf(transaction).map(UUID::toString);
    }

    @Override
    public void listen(Consumer<FlowNews> listener) {
        listening = event -> {
            if (!event.flow().equals(FlowEvent.NO_FLOW)) {
                listener.accept(news(event));
            }
        };
        ServerFlows.listen(listening);
    }

    @Override
    public void stopListening() {
        if (listening != null) {
            ServerFlows.stopListening(listening);
        }
    }

    private static FlowNews news(FlowEvent event) {
        boolean mayHaveSubjects = event.direction() == FlowEvent.Direction.OUT
                && event.moment() == FlowEvent.Moment.BEFORE
                && event.kind() == FlowEvent.Kind.WORK;
        return news(
                event,
                ServerFlows.server(),
                mayHaveSubjects ? Transactions.subjects().get() : List.of());
    }

    private static FlowNews news(FlowEvent event, String server, List<Subject> subjects) {
        boolean isSent = event.direction() == FlowEvent.Direction.OUT;
        boolean isBefore = event.moment() == FlowEvent.Moment.BEFORE;
        Message message = new Message(
                event.kind().name(),
                ALONE.contains(event.kind()) ? "" : event.peer(),
                isSent,
                event.call(),
                event.time(),
                isBefore ? null : event.time(),
                event.result() == FlowEvent.Result.NONE ? "" : event.result().name(),
                event.detail());
        return new FlowNews(event.flow().toString(), server, event.handle(), event.globalId(), message, subjects);
    }
}
