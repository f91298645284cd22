package dev.lockstep.console.control;

import dev.lockstep.journal.Member;
import dev.lockstep.journal.State;
import dev.lockstep.journal.Story;
import dev.lockstep.journal.StoryJson;
import dev.lockstep.participant.observe.BranchInDoubt;
import dev.lockstep.participant.observe.Reply;
import dev.lockstep.participant.observe.Survey;
import dev.lockstep.web.stream.OrderNames;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The console's answers. */
public final class ConsoleJson {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private ConsoleJson() {}

    /**
     * Transactions by state. The counts are of all that the filter is about, whatever their state.
     *
     * @param all the transactions, the youngest first
     * @param filter which are wanted
     * @param names what the reader sees of their orders' names
     * @return their JSON
     */
    public static JsonObject transactions(List<Story> all, TransactionFilter filter, OrderNames names) {
        Map<State, Integer> counts = new EnumMap<>(State.class);
        JsonArrayBuilder shown = JSON.createArrayBuilder();
        int place = 0;
        for (Story story : all) {
            if (!filter.isAbout(story)) {
                continue;
            }
            int at = place;
            State state = story.atOnce(known -> {
                if (filter.isIn(known.state()) && at >= filter.offset() && at < filter.offset() + filter.limit()) {
                    shown.add(StoryJson.summary(known, names, filter.order()));
                }
                return known.state();
            });
            counts.merge(state, 1, Integer::sum);
            if (filter.isIn(state)) {
                place++;
            }
        }
        JsonObjectBuilder byState = JSON.createObjectBuilder();
        for (State state : State.values()) {
            byState.add(state.name(), counts.getOrDefault(state, 0));
        }
        return JSON.createObjectBuilder()
                .add("counts", byState)
                .add("transactions", shown)
                .build();
    }

    /**
     * A transaction with its branches and locks.
     *
     * @param story the transaction as the journal knows it
     * @param seen its branches that were prepared when the databases were asked; of some the end may have been heard since
     * @param locks what these lock
     * @param names what the reader sees of its order's name
     * @return its JSON
     */
    public static JsonObject transaction(
            Story story, Collection<BranchInDoubt> seen, Collection<HeldLock> locks, OrderNames names) {
        return story.atOnce(known -> {
            Map<Member, State> heard = known.branches();
            List<BranchInDoubt> prepared = seen.stream()
                    .filter(branch -> !heard.getOrDefault(Member.of(branch), State.IN_DOUBT)
                            .isFinal())
                    .toList();
            JsonArrayBuilder branches = JSON.createArrayBuilder();
            heard.forEach((member, state) -> branches.add(branch(member, state)));
            prepared.stream()
                    .map(Member::of)
                    .filter(member -> !heard.containsKey(member))
                    .forEach(unheard -> branches.add(branch(unheard, State.IN_DOUBT)));
            return JSON.createObjectBuilder(StoryJson.whole(known, names))
                    .add("branches", branches)
                    .add("prepared", branches(prepared))
                    .add("locks", locks(prepared.isEmpty() ? List.of() : locks))
                    .build();
        });
    }

    /**
     * A transaction of which only prepared branches are known.
     *
     * @param globalId its global id
     * @param prepared its branches that are prepared now, at least one
     * @param locks what these lock
     * @return its JSON
     */
    public static JsonObject strange(String globalId, Collection<BranchInDoubt> prepared, Collection<HeldLock> locks) {
        BranchInDoubt first = prepared.iterator().next();
        JsonArrayBuilder branches = JSON.createArrayBuilder();
        prepared.forEach(held -> branches.add(branch(Member.of(held), State.IN_DOUBT)));
        return JSON.createObjectBuilder()
                .add("globalId", globalId)
                .add("state", State.IN_DOUBT.name())
                .add("began", first.prepared().toString())
                .add("millis", millisSince(first.prepared()))
                .add("commitPoint", first.commitPoint())
                .add("resolved", false)
                .add("settledElsewhere", false)
                .add("steps", JsonValue.EMPTY_JSON_ARRAY)
                .add("branches", branches)
                .add("prepared", branches(prepared))
                .add("locks", locks(locks))
                .build();
    }

    private static JsonObjectBuilder branch(Member member, State state) {
        return JSON.createObjectBuilder()
                .add("participant", member.participant())
                .add("branch", member.branch())
                .add("commitPoint", member.isCommitPoint())
                .add("state", state.name());
    }

    private static JsonArrayBuilder locks(Collection<HeldLock> locks) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        locks.forEach(lock -> array.add(JSON.createObjectBuilder()
                .add("participant", lock.participant())
                .add("relation", lock.relation())
                .add("mode", lock.mode())
                .add("count", lock.count())
                .add("waiting", lock.waiting())));
        return array;
    }

    /**
     * The prepared branches and the databases that do not answer.
     *
     * @param survey what was seen
     * @param flowOf finds the flow of a branch by its global id, if it is known here
     * @return its JSON
     */
    public static JsonObject survey(Survey survey, Function<String, Optional<String>> flowOf) {
        JsonArrayBuilder silent = JSON.createArrayBuilder();
        survey.silent()
                .forEach(database -> silent.add(JSON.createObjectBuilder()
                        .add("participant", database.participant())
                        .add("reason", database.reason())));
        return JSON.createObjectBuilder()
                .add("branches", branches(survey.branches(), flowOf))
                .add("silent", silent)
                .build();
    }

    private static JsonArrayBuilder branches(Collection<BranchInDoubt> branches) {
        return branches(branches, any -> Optional.empty());
    }

    private static JsonArrayBuilder branches(
            Collection<BranchInDoubt> branches, Function<String, Optional<String>> flowOf) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        branches.forEach(branch -> {
            JsonArrayBuilder permitted = JSON.createArrayBuilder();
            branch.permitted().stream().sorted().forEach(resolution -> permitted.add(resolution.name()));
            JsonObjectBuilder json = JSON.createObjectBuilder()
                    .add("gid", branch.gid())
                    .add("globalId", branch.globalId())
                    .add("participant", branch.participant())
                    .add("branch", branch.branch())
                    .add("commitPoint", branch.commitPoint())
                    .add("coordinator", branch.coordinator())
                    .add("coordinatorAlive", branch.isCoordinatorAlive())
                    .add("coordinatorHere", branch.isCoordinatorHere())
                    .add("prepared", branch.prepared().toString())
                    .add("ageMillis", millisSince(branch.prepared()))
                    .add("evidence", branch.evidence().name())
                    .add("because", branch.because())
                    .add("permitted", permitted);
            flowOf.apply(branch.globalId()).ifPresent(flow -> json.add("flow", flow));
            array.add(json);
        });
        return array;
    }

    private static long millisSince(Instant instant) {
        return Math.max(0, Duration.between(instant, Instant.now()).toMillis());
    }

    /**
     * A branch that was settled.
     *
     * @param reply what the participant said
     * @return its JSON
     */
    public static JsonObject settled(Reply reply) {
        return JSON.createObjectBuilder()
                .add("gid", reply.instruction().gid())
                .add("participant", reply.instruction().participant())
                .add("decision", reply.instruction().resolution().name())
                .add("outcome", reply.outcome().name())
                .add("evidence", reply.evidence().name())
                .add("heuristic", reply.isHeuristic())
                .add("because", reply.because())
                .build();
    }

    /**
     * The statistics.
     *
     * @param totals since the reset
     * @param inDoubt how many transactions are in doubt now
     * @param seconds the last minutes, second by second
     * @return their JSON
     */
    public static JsonObject statistics(Statistics.Totals totals, int inDoubt, List<PerSecond.Second> seconds) {
        JsonArrayBuilder committed = JSON.createArrayBuilder();
        JsonArrayBuilder aborted = JSON.createArrayBuilder();
        seconds.forEach(second -> {
            committed.add(second.committed());
            aborted.add(second.aborted());
        });
        return JSON.createObjectBuilder(counted(totals))
                .add("active", totals.active())
                .add("maxActive", totals.maxActive())
                .add("inDoubt", inDoubt)
                .add(
                        "responseMillis",
                        JSON.createObjectBuilder()
                                .add("count", totals.responses().count())
                                .add("min", totals.responses().min())
                                .add("average", totals.responses().average())
                                .add("p99", totals.responses().p99())
                                .add("max", totals.responses().max()))
                .add(
                        "perSecond",
                        JSON.createObjectBuilder().add("committed", committed).add("aborted", aborted))
                .build();
    }

    /**
     * How transactions ended, and since when that is counted.
     *
     * @param totals the statistics
     * @return their JSON
     */
    static JsonObject counted(Statistics.Totals totals) {
        Statistics.Counts counts = totals.counts();
        return JSON.createObjectBuilder()
                .add("since", totals.since().toString())
                .add("committed", counts.committed())
                .add("aborted", counts.aborted())
                .add("refused", counts.refused())
                .add("resolvedCommit", counts.resolvedCommit())
                .add("resolvedAbort", counts.resolvedAbort())
                .add("settledElsewhere", counts.settledElsewhere())
                .build();
    }

    /**
     * The operators' log.
     *
     * @param actions in this order
     * @return its JSON
     */
    public static JsonArray audit(List<OperatorAction> actions) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        actions.forEach(action -> array.add(action(action)));
        return array.build();
    }

    private static JsonObjectBuilder action(OperatorAction action) {
        JsonObjectBuilder line = JSON.createObjectBuilder()
                .add("at", action.at().toString())
                .add("operator", action.operator())
                .add("participant", action.participant())
                .add("gid", action.gid())
                .add("decision", action.decision())
                .add("heuristic", action.isHeuristic())
                .add("reason", action.reason())
                .add("outcome", text(action.outcome()))
                .add("evidence", text(action.evidence()))
                .add("because", text(action.because()));
        action.counted().ifPresent(counted -> line.add("counted", counted));
        return line;
    }

    private static JsonValue text(Optional<String> text) {
        return text.<JsonValue>map(Json::createValue).orElse(JsonValue.NULL);
    }
}
