package dev.lockstep.flow;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;

/** Of a client on a server that has no part in flows: refuses calls that would need one. */
final class CallerWithoutFlows implements ClientRequestFilter {

    private final CallerRule rule;

    CallerWithoutFlows(CallerRule rule) {
        this.rule = rule;
    }

    @Override
    public void filter(ClientRequestContext call) {
        if (rule.option(call) == TransactionFlowOption.NOT_ALLOWED) {
            return;
        }
        if (Jta.ofThisServer().hasTransaction()) {
            throw new ProcessingException(call.getMethod() + " " + call.getUri()
                    + " was not sent: it would not be part of this thread's transaction, since " + FlowHere.OFF);
        }
        rule.requireNoneNeeded(call);
    }
}
