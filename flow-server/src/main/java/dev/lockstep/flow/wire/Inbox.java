package dev.lockstep.flow.wire;

import dev.lockstep.flow.trust.Peer;
import java.util.concurrent.CompletionStage;

/** What answers the protocol's messages. It never blocks: the listener's threads wait for nobody (FLOW-DESIGN, section 15, row 16). */
@FunctionalInterface
public interface Inbox {

    /**
     * A message whose signature was good.
     *
     * @param from who signed it
     * @param message what it says
     * @return the answer, later; exceptional completion is answered with 500, which is no fact
     */
    CompletionStage<Reply> on(Peer from, Message message);
}
