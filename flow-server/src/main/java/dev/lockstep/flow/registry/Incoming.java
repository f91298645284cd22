package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.FlowEvent.Direction;
import dev.lockstep.flow.observe.FlowEvent.Kind;
import dev.lockstep.flow.observe.FlowEvent.Moment;
import dev.lockstep.flow.observe.FlowEvent.Result;
import dev.lockstep.flow.server.FlowServer.WorkCall;
import dev.lockstep.flow.trust.Received;
import dev.lockstep.flow.trust.Signatures;
import java.util.HashMap;
import java.util.Map;

/** A call that is at work here, on its thread. */
final class Incoming implements WorkCall {

    private static final int ACCEPTED = 202;
    private static final int CLIENT_ERROR = 400;

    private final Flow flow;
    private final Received request;
    private final int number;
    private final Signatures signatures;
    private final Flush flush;

    Incoming(Flow flow, Received request, int number, Signatures signatures, Flush flush) {
        this.flow = flow;
        this.request = request;
        this.number = number;
        this.signatures = signatures;
        this.flush = flush;
    }

    /** An answer that tells no success, or not yet, says that the work is in doubt (F2). */
    static boolean isDoubtful(int status) {
        return status >= CLIENT_ERROR || status == ACCEPTED;
    }

    /** If the work cannot be committed any more, the answer does not name the transaction: so the caller knows at once. */
    @Override
    public Map<String, String> leave(int status) {
        Map<String, String> headers = new HashMap<>();
        boolean isGood = false;
        try {
            isGood = !isDoubtful(status)
                    && flush.flushed(flow)
                    && flow.name(flow.here().flows().databases());
            if (isGood) {
                headers.putAll(WorkHeaders.answer(flow.handle(), flow.here().node(), flow.named()));
            } else {
                flow.doom("the call is answered with " + status);
            }
        } finally {
            flow.leave();
        }
        headers.put(Signatures.HEADER, signatures.answer(request, status, headers, Signatures.NO_DIGEST));
        flow.storyWith(request.from().name())
                .tell(
                        Kind.WORK,
                        Direction.IN,
                        Moment.AFTER,
                        number,
                        isGood ? Result.DONE : Result.NO,
                        "status " + status);
        return headers;
    }
}
