package dev.lockstep.flows;

import dev.lockstep.journal.Journal;
import dev.lockstep.journal.Story;
import dev.lockstep.journal.StoryJson;
import dev.lockstep.web.stream.OrderNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A flow as all its servers have recorded it. Strangers may look, and each look asks other servers: so only flows that are known here are looked
 * for, and all who look at one share what was told in the last seconds. Thread-safe.
 */
@ApplicationScoped
public class FlowLook {

    private static final Logger LOG = System.getLogger(FlowLook.class.getName());

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final int LOOKS_MAX = 100;

    private final Journal journal;
    private final Flows flows;
    private final Map<String, Look> looks = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Look> eldest) {
            return size() > LOOKS_MAX;
        }
    };

    private record Look(CompletableFuture<JsonArray> others, long nanoTime) {

        /** One that is under way is shared, however long it takes. */
        boolean isFresh() {
            return !others.isDone() || System.nanoTime() - nanoTime < FRESH.toNanos();
        }
    }

    protected FlowLook() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param journal knows this server's own part
     * @param flows asks the others
     */
    @Inject
    public FlowLook(Journal journal, Flows flows) {
        this.journal = journal;
        this.flows = flows;
    }

    /**
     * Looks at a flow. It takes as long as its servers take to answer, a few seconds at most.
     *
     * @param flow its public id
     * @param names what the reader sees of its order's name
     * @return what each server has recorded, this one first; empty if the flow is not known here, or not any more
     */
    public Optional<JsonObject> at(String flow, OrderNames names) {
        List<Story> own = journal.ofFlow(flow);
        if (own.isEmpty()) {
            return Optional.empty();
        }
        JsonArrayBuilder transactions = Json.createArrayBuilder();
        own.forEach(story -> transactions.add(StoryJson.of(story, names)));
        JsonArrayBuilder servers = Json.createArrayBuilder()
                .add(Json.createObjectBuilder()
                        .add("server", own.get(0).server())
                        .add("transactions", transactions));
        others(flow).forEach(servers::add);
        return Optional.of(Json.createObjectBuilder()
                .add("flow", flow)
                .add("servers", servers)
                .build());
    }

    private JsonArray others(String flow) {
        try {
            return look(flow).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(Level.WARNING, "What other servers have recorded of the flow " + flow + " cannot be told", e);
        }
        return JsonValue.EMPTY_JSON_ARRAY;
    }

    private synchronized CompletableFuture<JsonArray> look(String flow) {
        Look latest = looks.get(flow);
        if (latest == null || !latest.isFresh()) {
            CompletionStage<JsonArray> asked = flows.recordsOfOthers(flow);
            latest = new Look(asked.toCompletableFuture(), System.nanoTime());
            looks.put(flow, latest);
        }
        return latest.others();
    }
}
