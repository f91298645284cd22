package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.FlowEvent.Kind;
import dev.lockstep.flow.observe.FlowsHere;
import dev.lockstep.flow.observe.OpenFlow;
import dev.lockstep.flow.observe.OpenFlow.Part;
import dev.lockstep.flow.observe.OpenFlow.State;
import dev.lockstep.flow.observe.OpenFlow.Wait;
import dev.lockstep.flow.registry.Unanswered.Awaited;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.participant.flow.Outcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells who looks what is open here, and who waits for whom. */
final class OpenFlows implements FlowsHere {

    private final Here here;
    private final Registry registry;

    OpenFlows(Here here, Registry registry) {
        this.here = here;
        this.registry = registry;
    }

    @Override
    public String server() {
        return here.node();
    }

    @Override
    public List<String> peers() {
        return here.peers().all().stream().map(Peer::name).toList();
    }

    @Override
    public List<OpenFlow> open() {
        return registry.all().stream()
                .map(flow -> flow instanceof SubordinateFlow part ? subordinate(part) : root(flow))
                .sorted(Comparator.comparing(OpenFlow::began))
                .toList();
    }

    @Override
    public int tombstones() {
        return registry.tombstones().size();
    }

    private static OpenFlow root(Flow flow) {
        List<Wait> waits = waitsForOthers(flow);
        return new OpenFlow(
                flow.id(),
                "",
                flow.globalId(),
                "",
                subordinates(flow),
                rootState(flow),
                waits.stream().map(Wait::since).findFirst().orElse(flow.began()),
                flow.began(),
                Optional.of(Instant.now().plus(flow.deadline().left())),
                Part.NONE,
                commitPoint(flow),
                decision(flow),
                waits);
    }

    private static State rootState(Flow flow) {
        Set<Kind> asked = flow.unanswered().all().stream().map(Awaited::kind).collect(Collectors.toSet());
        if (asked.contains(Kind.DECISIONS)) {
            return State.IN_DOUBT;
        }
        if (asked.contains(Kind.COMMIT)) {
            return State.COMMITTING;
        }
        return asked.contains(Kind.PREPARE) ? State.PREPARING : State.WORKING;
    }

    private static List<Wait> waitsForOthers(Flow flow) {
        return flow.unanswered().all().stream()
                .map(awaited -> wait(flow, awaited))
                .toList();
    }

    /** Who is asked for the decision answers for the database that keeps it. */
    private static Wait wait(Flow flow, Awaited awaited) {
        return awaited.kind() == Kind.DECISIONS
                ? new Wait(commitPoint(flow), Wait.Kind.DATABASE, awaited.since(), awaited.because())
                : new Wait(awaited.peer(), Wait.Kind.PEER, awaited.since(), awaited.because());
    }

    private static OpenFlow subordinate(SubordinateFlow flow) {
        State state = state(flow);
        boolean isWorking = state == State.WORKING || state == State.IDLE;
        return new OpenFlow(
                flow.id(),
                flow.handle().toString(),
                flow.globalId(),
                flow.superior().name(),
                subordinates(flow),
                state,
                flow.since(),
                flow.began(),
                isWorking ? Optional.of(Instant.now().plus(flow.deadline().left())) : Optional.empty(),
                part(flow),
                commitPoint(flow),
                decision(flow),
                waits(flow, state));
    }

    /** {@return how far it is, for people} */
    private static State state(SubordinateFlow flow) {
        return switch (flow.phase()) {
            case BEGINNING -> State.WORKING;
            case WORKING -> flow.presence().isAtWork() ? State.WORKING : State.IDLE;
            case VOTING -> State.PREPARING;
            case PARKED -> flow.unanswered().all().isEmpty() ? State.PREPARED : State.IN_DOUBT;
            case ENDING, OVER -> flow.ballot().decision() == Outcome.COMMIT ? State.COMMITTING : State.ROLLING_BACK;
        };
    }

    private static List<String> subordinates(Flow flow) {
        return flow.remotes().stream().map(remote -> remote.peer().name()).toList();
    }

    private static Part part(SubordinateFlow flow) {
        if (!flow.ballot().isVotedYes()) {
            return Part.NONE;
        }
        return flow.ballot().isHolder() ? Part.HOLDER : Part.FOLLOWER;
    }

    private static String commitPoint(Flow flow) {
        return flow.commitPoint().map(known -> known.database().name()).orElse("");
    }

    private static String decision(Flow flow) {
        return flow.commitPoint().map(known -> known.decision().text()).orElse("");
    }

    private static List<Wait> waits(SubordinateFlow flow, State state) {
        return switch (state) {
            case WORKING -> List.of(atWork(flow));
            case IDLE ->
                List.of(new Wait(
                        flow.superior().name(),
                        Wait.Kind.PEER,
                        flow.since(),
                        "its work is done so far; " + flow.superior() + " has not asked to prepare"));
            case PREPARED, IN_DOUBT ->
                Stream.concat(Stream.of(forDecision(flow)), waitsForOthers(flow).stream())
                        .toList();
            default -> waitsForOthers(flow);
        };
    }

    private static Wait atWork(SubordinateFlow flow) {
        return waitsForOthers(flow).stream()
                .findFirst()
                .orElseGet(() -> new Wait("", Wait.Kind.APPLICATION, flow.since(), "a call is at work"));
    }

    private static Wait forDecision(SubordinateFlow flow) {
        return new Wait(
                flow.ballot().asker().name(),
                Wait.Kind.PEER,
                flow.since(),
                "voted yes at " + flow.since() + ", and has heard no commit or rollback since");
    }
}
