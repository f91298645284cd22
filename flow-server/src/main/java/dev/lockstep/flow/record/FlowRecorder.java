package dev.lockstep.flow.record;

import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.FlowListener;
import dev.lockstep.flow.observe.RecordedEvent;
import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionListener;
import dev.lockstep.participant.observe.Transactions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Keeps the events of the latest flows in memory: this server's messages, and the steps of its own branches. Nothing of what a transaction is about
 * is kept, since peers may ask for all of this. Thread-safe.
 */
public final class FlowRecorder implements AutoCloseable {

    private static final int FLOWS_MAX = 500;
    private static final int CALLS_MAX = 200;
    private static final int EVENTS_MAX = 400;
    private static final int DETAIL_MAX = 120;
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

    /** A transaction's first steps may come before its flow is known. */
    private static final int STRANGERS_MAX = 500;

    private final Map<UUID, List<RecordedEvent>> flows = latest(FLOWS_MAX);
    private final Map<String, UUID> flowOf = latest(FLOWS_MAX);
    private final Map<String, List<RecordedEvent>> strangers = latest(STRANGERS_MAX);

    private final FlowListener messages = this::note;
    private final TransactionListener steps = this::note;

    FlowRecorder() {}

    private static <K, V> Map<K, V> latest(int max) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > max;
            }
        };
    }

    /**
     * Begins to record.
     *
     * @return the recorder, to be closed
     */
    public static FlowRecorder begin() {
        FlowRecorder recorder = new FlowRecorder();
        ServerFlows.listen(recorder.messages);
        Transactions.listen(recorder.steps);
        return recorder;
    }

    @Override
    public void close() {
        ServerFlows.stopListening(messages);
        Transactions.stopListening(steps);
    }

    synchronized void note(FlowEvent event) {
        if (event.flow().equals(FlowEvent.NO_FLOW) || event.kind() == FlowEvent.Kind.EVENTS) {
            return;
        }
        List<RecordedEvent> events = flows.computeIfAbsent(event.flow(), unknown -> new ArrayList<>());
        if (!event.globalId().isEmpty() && flowOf.put(event.globalId(), event.flow()) == null) {
            List<RecordedEvent> before = strangers.remove(event.globalId());
            if (before != null) {
                before.forEach(step -> add(events, step));
            }
        }
        add(events, new RecordedEvent.OfMessage(plain(event)));
    }

    synchronized void note(TransactionEvent event) {
        RecordedEvent step = new RecordedEvent.OfBranch(plain(event));
        UUID flow = flowOf.get(event.globalId());
        List<RecordedEvent> events = flow == null
                ? strangers.computeIfAbsent(event.globalId(), unknown -> new ArrayList<>())
                : flows.computeIfAbsent(flow, forgotten -> new ArrayList<>());
        add(events, step);
    }

    private static void add(List<RecordedEvent> events, RecordedEvent event) {
        boolean isCall = event instanceof RecordedEvent.OfMessage message
                && message.event().kind() == FlowEvent.Kind.WORK;
        if (events.size() < (isCall ? CALLS_MAX : EVENTS_MAX)) { // however much work there was, its end is told
            events.add(event);
        }
    }

    /** {@return the events of a flow until now} */
    synchronized List<RecordedEvent> events(UUID flow) {
        return List.copyOf(flows.getOrDefault(flow, List.of()));
    }

    /**
     * Answers a peer that looks at a flow.
     *
     * @param question which flow, and what is known already
     * @return the next few events, perhaps none
     */
    public Reply answer(Message.Events question) {
        List<RecordedEvent> events = events(question);
        int from = Math.min(question.after(), events.size());
        int to = Math.min(from + Reply.Recorded.EVENTS_MAX, events.size());
        return new Reply.Recorded(events.subList(from, to), to < events.size());
    }

    /** Those of the flow, and what was done here to a branch that bears the name of a transaction elsewhere: the resolver's doings. */
    private synchronized List<RecordedEvent> events(Message.Events question) {
        List<RecordedEvent> events = new ArrayList<>(events(question.flow()));
        question.transactions().stream()
                .map(GlobalId::text)
                .sorted()
                .forEach(id -> events.addAll(strangers.getOrDefault(id, List.of())));
        return events;
    }

    private static FlowEvent plain(FlowEvent event) {
        return new FlowEvent(
                event.flow(),
                event.handle(),
                event.globalId(),
                event.decision(),
                event.peer(),
                event.kind(),
                event.direction(),
                event.moment(),
                event.call(),
                event.result(),
                plain(event.detail()),
                event.time());
    }

    private static TransactionEvent plain(TransactionEvent event) {
        return new TransactionEvent(
                event.kind(),
                event.moment(),
                event.globalId(),
                event.participant(),
                event.branch(),
                event.isCommitPoint(),
                event.time(),
                event.result(),
                plain(event.detail()));
    }

    private static String plain(String detail) {
        String line = CONTROLS.matcher(detail).replaceAll(" ").strip();
        return line.codePointCount(0, line.length()) <= DETAIL_MAX
                ? line
                : line.substring(0, line.offsetByCodePoints(0, DETAIL_MAX - 1)) + "…";
    }
}
