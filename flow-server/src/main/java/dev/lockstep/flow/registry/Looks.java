package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.FlowEvent.Direction;
import dev.lockstep.flow.observe.FlowEvent.Kind;
import dev.lockstep.flow.observe.FlowEvent.Moment;
import dev.lockstep.flow.observe.FlowEvent.Result;
import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.branch.GlobalId;
import java.time.Instant;
import java.util.List;

/**
 * Tells of R3's question to a peer: one event for each flow that is known here. R2's question is told by who waits for its answer.
 *
 * @param peer who is asked
 * @param decisions what is asked for; none for any other message
 */
record Looks(Peer peer, List<GlobalId> decisions) {

    static Looks of(Peer peer, Message message) {
        return new Looks(peer, message instanceof Message.Prepared prepared ? prepared.ids() : List.of());
    }

    void before() {
        decisions.forEach(decision -> tell(decision, Moment.BEFORE, Result.NONE, ""));
    }

    void after(Reply reply) {
        decisions.forEach(decision -> {
            boolean isAnswer = reply instanceof Reply.PreparedThere;
            boolean isPrepared = isAnswer && ((Reply.PreparedThere) reply).ids().contains(decision);
            Result result = isPrepared ? Result.PREPARED : isAnswer ? Result.DONE : Result.UNKNOWN;
            tell(decision, Moment.AFTER, result, isAnswer ? "" : String.valueOf(reply));
        });
    }

    void unanswered(String why) {
        decisions.forEach(decision -> tell(decision, Moment.AFTER, Result.NO_ANSWER, why));
    }

    private void tell(GlobalId decision, Moment moment, Result result, String detail) {
        String id = decision.text();
        ServerFlows.flowOf(id)
                .ifPresent(flow -> ServerFlows.tell(new FlowEvent(
                        flow,
                        "",
                        id,
                        id,
                        peer.name(),
                        Kind.PREPARED,
                        Direction.OUT,
                        moment,
                        0,
                        result,
                        detail,
                        Instant.now())));
    }
}
