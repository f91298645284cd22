package dev.lockstep.flows;

import dev.lockstep.journal.FlowNews;
import dev.lockstep.journal.Journal;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** This server's flows, or none if the module flow-server does not lie beside the participant. Thread-safe. */
@ApplicationScoped
public class Flows {

    private static final Logger LOG = System.getLogger(Flows.class.getName());

    private static final String DOOR = "dev.lockstep.flow.observe.ServerFlows";

    private final Journal journal;
    private final FlowAccess access;
    private final List<Consumer<FlowNews>> listeners = new CopyOnWriteArrayList<>();

    protected Flows() {
        this(null, FlowAccess.NONE);
    }

    /**
     * The constructor the container uses.
     *
     * @param journal writes down the messages beside the transactions
     */
    @Inject
    public Flows(Journal journal) {
        this(journal, find());
    }

    Flows(Journal journal, FlowAccess access) {
        this.journal = journal;
        this.access = access;
    }

    private static FlowAccess find() {
        try {
            Class.forName(DOOR, false, Flows.class.getClassLoader());
            return new FlowServerAccess();
        } catch (ClassNotFoundException | LinkageError e) {
            LOG.log(Level.DEBUG, "No module flow-server: there are no flows to be seen", e);
            return FlowAccess.NONE;
        }
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        listeners.add(0, journal::onNews);
        access.listen(news -> listeners.forEach(listener -> listener.accept(news)));
    }

    @PreDestroy
    void end() {
        access.stopListening();
    }

    /**
     * Lets somebody hear of each message, before it is sent or answered and after that.
     *
     * @param listener called by the thread that does it, so it must return soon
     */
    public void onNews(Consumer<FlowNews> listener) {
        listeners.add(listener);
    }

    /**
     * Lets somebody hear no more.
     *
     * @param listener one that {@link #onNews} was given
     */
    public void stopListening(Consumer<FlowNews> listener) {
        listeners.remove(listener);
    }

    /**
     * Finds the flow that a prepared branch is of.
     *
     * @param transaction the id that the branch's name begins with: the flow's decision's
     * @return the flow's public id, if this server has lately had a part in it
     */
    public Optional<String> flowOf(String transaction) {
        return access.flowOf(transaction);
    }

    /** {@return the open flows and the peers, as {@code /api/flows} tells them} */
    public JsonObject survey() {
        return access.survey();
    }

    /**
     * Asks the other servers of a flow for what they have recorded.
     *
     * @param flow its public id
     * @return for each its name, and its transactions or the reason why they are missing
     */
    CompletionStage<JsonArray> recordsOfOthers(String flow) {
        return access.recordsOfOthers(flow);
    }

    /** {@return the same in numbers} */
    public FlowNumbers numbers() {
        return access.numbers();
    }
}
