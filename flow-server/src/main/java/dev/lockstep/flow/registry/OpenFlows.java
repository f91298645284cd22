package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.FlowsHere;
import dev.lockstep.flow.observe.OpenFlow;
import dev.lockstep.flow.observe.OpenFlow.Part;
import dev.lockstep.flow.observe.OpenFlow.State;
import dev.lockstep.flow.observe.OpenFlow.Wait;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.participant.flow.Order;
import dev.lockstep.participant.flow.Outcome;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
        List<Wait> waits = flow.remotes().stream()
                .filter(Remote::isAwaitingVote)
                .map(remote -> new Wait(
                        remote.peer().name(),
                        Wait.Kind.PEER,
                        flow.began(),
                        "it was asked to prepare, and has not voted"))
                .toList();
        return new OpenFlow(
                flow.id(),
                "",
                flow.globalId(),
                "",
                subordinates(flow),
                waits.isEmpty() ? State.WORKING : State.PREPARING,
                flow.began(),
                flow.began(),
                Optional.of(Instant.now().plus(flow.deadline().left())),
                Part.NONE,
                "",
                waits);
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
                waits(flow, state));
    }

    /** {@return how far it is, for people} */
    private static State state(SubordinateFlow flow) {
        return switch (flow.phase()) {
            case BEGINNING -> State.WORKING;
            case WORKING -> flow.presence().isAtWork() ? State.WORKING : State.IDLE;
            case VOTING -> State.PREPARING;
            case PARKED -> State.PREPARED;
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

    private static String commitPoint(SubordinateFlow flow) {
        return flow.ballot()
                .order()
                .filter(Order.Follow.class::isInstance)
                .map(order -> ((Order.Follow) order).commitPoint().name())
                .orElse("");
    }

    private static List<Wait> waits(SubordinateFlow flow, State state) {
        return switch (state) {
            case WORKING -> List.of(new Wait("", Wait.Kind.APPLICATION, flow.since(), "a call is at work"));
            case IDLE ->
                List.of(new Wait(
                        flow.superior().name(),
                        Wait.Kind.PEER,
                        flow.since(),
                        "its work is done so far; " + flow.superior() + " has not asked to prepare"));
            case PREPARED ->
                List.of(new Wait(
                        flow.ballot().asker().name(),
                        Wait.Kind.PEER,
                        flow.since(),
                        "voted yes at " + flow.since() + ", and has heard no commit or rollback since"));
            default -> List.of();
        };
    }
}
