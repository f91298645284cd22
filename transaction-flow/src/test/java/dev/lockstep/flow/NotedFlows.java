package dev.lockstep.flow;

import dev.lockstep.flow.server.FlowRefusedException;
import dev.lockstep.flow.server.FlowServer;
import dev.lockstep.participant.flow.Outcome;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A server's part in the flows that notes what it is asked, and answers as it is told. */
public final class NotedFlows implements FlowServer {

    static NotedFlows here() {
        return (NotedFlows) FlowServer.here();
    }

    /** What the server that is called was asked, then what the caller's was. */
    final List<WorkRequest> entered = Collections.synchronizedList(new ArrayList<>());

    final List<Integer> left = Collections.synchronizedList(new ArrayList<>());
    final List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
    final List<Map<String, String>> answerHeaders = Collections.synchronizedList(new ArrayList<>());
    volatile byte[] signedDigest;
    volatile String signedAddress;
    volatile boolean isOn;
    volatile BooleanSupplier hasTransaction;
    volatile boolean isPeer;
    volatile FlowRefusedException refusal;
    volatile Outcome outcome;

    void reset() {
        entered.clear();
        left.clear();
        answers.clear();
        answerHeaders.clear();
        isOn = true;
        hasTransaction = () -> true;
        isPeer = true;
        refusal = null;
        outcome = Outcome.UNKNOWN;
    }

    @Override
    public boolean isOn() {
        return isOn;
    }

    @Override
    public AutoCloseable deployed(String application) {
        return () -> {};
    }

    @Override
    public WorkCall enter(WorkRequest request) throws FlowRefusedException {
        if (refusal != null) {
            throw refusal;
        }
        entered.add(request);
        return status -> {
            left.add(status);
            return Map.of("Lockstep-Flow-Answer", "handle=h; node=callee");
        };
    }

    @Override
    public Optional<OutgoingCall> call(URI target) throws FlowRefusedException {
        if (!hasTransaction.getAsBoolean()) {
            return Optional.empty();
        }
        if (!isPeer) {
            throw new FlowRefusedException(400, "flow-refused", target + " is no peer's");
        }
        return Optional.of(new NotedCall());
    }

    @Override
    public Supplier<Outcome> outcome() {
        return () -> outcome;
    }

    @Override
    public boolean isPeer(URI target) {
        return isPeer;
    }

    private final class NotedCall implements OutgoingCall {

        @Override
        public Map<String, String> headers(String method, String pathAndQuery, byte[] bodyDigest) {
            signedDigest = bodyDigest;
            signedAddress = method + " " + pathAndQuery;
            return Map.of("Lockstep-Flow", "f", "Lockstep-Flow-Call", "caller=c; n=1", "Lockstep-Signature", "mac=m");
        }

        @Override
        public void answered(int status, Map<String, String> headers) {
            answers.add(status);
            answerHeaders.add(headers);
        }

        @Override
        public void unanswered() {
            answers.add(0);
        }
    }
}
