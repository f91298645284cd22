package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.FlowEvent.Direction;
import dev.lockstep.flow.observe.FlowEvent.Kind;
import dev.lockstep.flow.observe.FlowEvent.Result;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.Reply;
import java.net.ConnectException;
import java.util.function.Consumer;

/**
 * Nobody waits for a dead caller (FLOW-DESIGN, section 15, row 22): a silent superior is asked whether the flow lives there. What it does not
 * know it will not commit; where a connection is refused its process is gone. A question without an answer says nothing.
 */
record Vigil(SubordinateFlow flow) {

    /**
     * Asks, and does not wait for the answer.
     *
     * @param superior whom
     * @param whenGone is told why, if the flow does not live there
     */
    void ask(Peer superior, Consumer<String> whenGone) {
        Story told = flow.storyWith(superior.name());
        told.before(Kind.ALIVE, Direction.OUT, "");
        flow.here()
                .outbox()
                .send(
                        superior,
                        new Message.Alive(flow.id()),
                        flow.here().settings().answerTimeout())
                .whenComplete((reply, failure) -> {
                    boolean isGone = reply instanceof Reply.Living living ? !living.isUndecided() : isRefused(failure);
                    told.after(
                            Kind.ALIVE,
                            Direction.OUT,
                            isGone ? Result.ROLLBACK : failure == null ? Result.DONE : Result.NO_ANSWER,
                            isGone ? "the flow does not live there" : "");
                    if (isGone) {
                        whenGone.accept("the flow does not live at " + superior + " any more");
                    }
                });
    }

    private static boolean isRefused(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException) {
                return true;
            }
        }
        return false;
    }
}
