package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.Refusal;
import dev.lockstep.flow.server.FlowRefusedException;
import dev.lockstep.flow.trust.Peer;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** The flows of this server: those that are open, and those that were. Thread-safe. */
final class Registry {

    /** So many times more flows may wait for room than may be open. */
    private static final int LINE = 4;

    private final Here here;
    private final Tombstones tombstones;
    private final Consumer<Flow> whenEnded;
    private final Admission admission;
    private final Map<UUID, Flow> flows = new ConcurrentHashMap<>();
    private final Map<UUID, Flow> handles = new ConcurrentHashMap<>();
    private final Map<Transaction, Flow> transactions = new ConcurrentHashMap<>();

    /**
     * No flows.
     *
     * @param here what all share
     * @param whenEnded hears of each subordinate that JTS has ended
     */
    Registry(Here here, Consumer<Flow> whenEnded) {
        this.here = here;
        this.whenEnded = whenEnded;
        this.tombstones = new Tombstones(here.settings().window());
        this.admission =
                new Admission(LINE * here.settings().maxOpen(), here.settings().roomTimeout());
    }

    Tombstones tombstones() {
        return tombstones;
    }

    Optional<Flow> flow(UUID id) {
        return Optional.ofNullable(flows.get(id));
    }

    Optional<Flow> byHandle(UUID handle) {
        return Optional.ofNullable(handles.get(handle));
    }

    Optional<Flow> of(Transaction transaction) {
        return Optional.ofNullable(transactions.get(transaction));
    }

    List<Flow> all() {
        return List.copyOf(flows.values());
    }

    List<SubordinateFlow> subordinates() {
        return all().stream()
                .filter(SubordinateFlow.class::isInstance)
                .map(SubordinateFlow.class::cast)
                .toList();
    }

    /** Finds the flow of a transaction, or lets one begin here. */
    Flow beginning(Transaction transaction) {
        return transactions.computeIfAbsent(transaction, unseen -> {
            Flow flow = new Flow(
                    here,
                    UUID.randomUUID(),
                    Deadline.in(ScopeLimit.orLess(here.settings().timeout())),
                    new Presence(1));
            flow.began(transaction);
            flows.put(flow.id(), flow);
            handles.put(flow.handle(), flow);
            return flow;
        });
    }

    /**
     * Finds the flow of a call, or begins its part here (F1).
     *
     * @param id the flow
     * @param caller who signed the call
     * @param handle what the caller knows of us; empty for its first call
     * @param timeout what the caller leaves
     * @param application who serves the call
     */
    Flow called(UUID id, Peer caller, Optional<UUID> handle, Duration timeout, String application)
            throws FlowRefusedException {
        Optional<Flow> known = known(id, handle);
        if (known.isPresent()) {
            return known.get();
        }
        requireUnheardOf(id, caller, handle);
        Deadline deadline = Deadline.in(shorter(timeout, here.settings().timeout()));
        return admission.<Flow>enter(
                deadline, () -> admitted(id, caller, handle, deadline, application), () -> obstacle()
                        .orElse("others were here first"));
    }

    private Optional<Flow> admitted(UUID id, Peer caller, Optional<UUID> handle, Deadline deadline, String application)
            throws FlowRefusedException {
        SubordinateFlow begun;
        synchronized (this) {
            Optional<Flow> known = known(id, handle);
            if (known.isPresent()) {
                return known;
            }
            requireUnheardOf(id, caller, handle);
            if (obstacle().isPresent()) {
                return Optional.empty();
            }
            begun = new SubordinateFlow(here, id, deadline, caller, application, this::over);
            flows.put(id, begun);
            handles.put(begun.handle(), begun);
        }
        begin(begun);
        return Optional.of(begun);
    }

    private Optional<Flow> known(UUID id, Optional<UUID> handle) throws FlowRefusedException {
        Optional<Flow> known = flow(id);
        if (known.isPresent()
                && handle.isPresent()
                && !handle.get().equals(known.get().handle())) {
            throw Refused.of(Refusal.UNKNOWN, 410, "handle " + handle.get() + " is not of " + known.get() + " here");
        }
        return known;
    }

    private void begin(SubordinateFlow begun) throws FlowRefusedException {
        try {
            begun.begin();
            transactions.put(begun.transaction(), begun);
            if (begun.isOver()) {
                remove(begun); // it has ended meanwhile, as whoever ended it could not see that
            }
        } catch (SystemException e) {
            remove(begun);
            String why = e.getMessage() + ": " + e.getCause();
            begun.story().log(System.Logger.Level.WARNING, why);
            throw Refused.of(Refusal.TOO_MANY, 503, why);
        }
    }

    private void requireUnheardOf(UUID id, Peer caller, Optional<UUID> handle) throws FlowRefusedException {
        if (tombstones.refuses(id, caller)) {
            throw Refused.of(Refusal.OVER, 410, "flow " + id + " is over here");
        }
        if (handle.isPresent()) {
            throw Refused.of(
                    Refusal.UNKNOWN,
                    410,
                    "handle " + handle.get()
                            + " is not known here: this server was restarted, and the work before is gone");
        }
    }

    /** Why no new flow can begin now; empty if one can. */
    private Optional<String> obstacle() {
        List<SubordinateFlow> open = subordinates();
        if (open.size() >= here.settings().maxOpen()) {
            return Optional.of(open.size() + " flows are open here, the limit");
        }
        long waiting = open.stream()
                .filter(flow -> flow.phase() == SubordinateFlow.Phase.PARKED
                        && !flow.ballot().isHolder())
                .count();
        return waiting >= here.settings().maxWaiting()
                ? Optional.of(waiting + " flows wait here for a decision, the limit")
                : Optional.empty();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** {@return how many new flows wait until another one ends} */
    int waiting() {
        return admission.waiting();
    }

    private void over(SubordinateFlow flow) {
        tombstones.add(flow); // first: whoever finds the flow gone finds its stone
        remove(flow);
        whenEnded.accept(flow);
    }

    void remove(Flow flow) {
        flows.remove(flow.id(), flow);
        handles.remove(flow.handle(), flow);
        transactions.values().remove(flow);
        admission.left();
    }

    /** Asks a flow here that a handle names, be it open or over. */
    <T> Optional<T> ask(UUID handle, Function<SubordinateFlow, T> question) {
        return byHandle(handle)
                .filter(SubordinateFlow.class::isInstance)
                .map(SubordinateFlow.class::cast)
                .or(() -> tombstones.byHandle(handle))
                .map(question);
    }
}
