package dev.lockstep.flow.observe;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** This server's flows, to be looked at. Thread-safe. */
public final class ServerFlows {

    private static final System.Logger LOG = System.getLogger(ServerFlows.class.getName());

    private static final List<FlowListener> LISTENERS = new CopyOnWriteArrayList<>();
    private static final AtomicReference<FlowsHere> HERE = new AtomicReference<>(FlowsHere.NONE);
    private static final AtomicReference<FlowRecords> RECORDS = new AtomicReference<>(FlowRecords.NONE);
    private static final FlowTally TALLY = new FlowTally();

    private ServerFlows() {}

    /**
     * Lets a listener hear all messages from now on.
     *
     * @param listener the listener, not null
     */
    public static void listen(FlowListener listener) {
        LISTENERS.add(listener);
    }

    /**
     * Lets a listener hear no more.
     *
     * @param listener one that {@link #listen} was given
     */
    public static void stopListening(FlowListener listener) {
        LISTENERS.remove(listener);
    }

    /**
     * Tells the listeners, and counts.
     *
     * @param event what happened, not null
     */
    public static void tell(FlowEvent event) {
        TALLY.count(event);
        for (FlowListener listener : LISTENERS) {
            try {
                listener.onEvent(event);
            } catch (RuntimeException | Error e) { // it must not end the thread that commits
                LOG.log(System.Logger.Level.WARNING, "A listener failed at " + event, e);
            }
        }
    }

    /** {@return what counts refusals, waits and contacts} */
    public static FlowTally tally() {
        return TALLY;
    }

    /** {@return this server's node name; empty if no transaction can flow} */
    public static String server() {
        return HERE.get().server();
    }

    /** {@return the flows that are open here now, and the peers} */
    public static FlowSurvey survey() {
        FlowsHere here = HERE.get();
        return new FlowSurvey(
                here.server(), here.open(), here.tombstones(), TALLY.contacts(here.peers()), TALLY.counters());
    }

    /**
     * Lets somebody answer for this server's flows from now on.
     *
     * @param here knows them, not null
     */
    public static void answer(FlowsHere here) {
        HERE.set(here);
    }

    /**
     * Lets it answer no more.
     *
     * @param here one that {@link #answer} was given; without effect if another one answers now
     */
    public static void stopAnswering(FlowsHere here) {
        HERE.compareAndSet(here, FlowsHere.NONE);
    }

    /**
     * Asks the other servers of a flow for what they have recorded of it.
     *
     * @param flow the flow
     * @return their records; it takes as long as a server does not answer, a few seconds at most
     */
    public static CompletionStage<List<FlowRecord>> recordsOfOthers(UUID flow) {
        return RECORDS.get().ofOthers(flow);
    }

    /**
     * Lets somebody ask for records from now on.
     *
     * @param records knows whom to ask; {@link FlowRecords#NONE} to ask nobody any more
     */
    public static void askBy(FlowRecords records) {
        RECORDS.set(records);
    }
}
