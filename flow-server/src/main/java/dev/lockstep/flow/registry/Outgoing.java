package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.FlowEvent.Direction;
import dev.lockstep.flow.observe.FlowEvent.Kind;
import dev.lockstep.flow.observe.FlowEvent.Moment;
import dev.lockstep.flow.observe.FlowEvent.Result;
import dev.lockstep.flow.server.FlowServer.OutgoingCall;
import dev.lockstep.flow.trust.NotTrustedException;
import dev.lockstep.flow.trust.Sent;
import dev.lockstep.flow.trust.Signatures;
import java.util.HashMap;
import java.util.Map;

/** A call to a peer that carries this thread's transaction. Whatever is not a good answer dooms it (F2). */
final class Outgoing implements OutgoingCall {

    private final Flow flow;
    private final Remote remote;
    private final int number;
    private final Signatures signatures;
    private final PeersAsked naming;
    private Sent sent;

    Outgoing(Flow flow, Remote remote, int number, Signatures signatures, PeersAsked naming) {
        this.flow = flow;
        this.remote = remote;
        this.number = number;
        this.signatures = signatures;
        this.naming = naming;
        flow.presence().goOut();
    }

    @Override
    public Map<String, String> headers(String method, String pathAndQuery, byte[] bodyDigest) {
        Map<String, String> headers = new HashMap<>(new WorkHeaders.Call(
                        flow.id(), flow.here().node(), number, flow.deadline().left(), remote.handle())
                .headers());
        sent = signatures.sign(remote.peer(), method, pathAndQuery, headers, bodyDigest);
        headers.put(Signatures.HEADER, sent.header());
        remote.story().tell(Kind.WORK, Direction.OUT, Moment.BEFORE, number, Result.NONE, method + " " + pathAndQuery);
        return headers;
    }

    @Override
    public void answered(int status, Map<String, String> headers) {
        String fault = fault(status, headers);
        boolean isAwaited = flow.presence().comeBack();
        end(isAwaited ? fault : "a call back is still at work", fault.isEmpty() ? Result.DONE : Result.NO);
    }

    @Override
    public void unanswered() {
        flow.presence().comeBack();
        end("there is no answer", Result.NO_ANSWER);
    }

    private void end(String fault, Result result) {
        remote.story().tell(Kind.WORK, Direction.OUT, Moment.AFTER, number, result, fault);
        if (!fault.isEmpty()) {
            remote.doubted(fault);
            flow.doom("a call to " + remote.peer() + ": " + fault);
        }
    }

    /** Why the work is in doubt; empty if it has joined. */
    private String fault(int status, Map<String, String> headers) {
        try {
            signatures.verifyAnswer(sent, status, headers, Signatures.NO_DIGEST);
        } catch (NotTrustedException e) {
            return "the answer with status " + status + " is not signed by it: " + e.getMessage();
        }
        if (Incoming.isDoubtful(status)) {
            return "the status is " + status;
        }
        return WorkHeaders.answer(headers)
                .map(this::joined)
                .orElse("the answer with status " + status + " does not say that the work joined");
    }

    private String joined(WorkHeaders.Answer answer) {
        naming.named(remote.peer(), answer.databases());
        if (!remote.answered(answer.handle(), answer.databases())) {
            return "the answer has another handle: it was restarted, and the work before is gone";
        }
        return flow.name(answer.databases()) ? "" : "two clones of one database would meet";
    }
}
