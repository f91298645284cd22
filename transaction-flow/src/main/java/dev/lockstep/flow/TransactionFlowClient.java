package dev.lockstep.flow;

import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.WriterInterceptor;
import java.util.Map;

/**
 * Lets the calls of a Jakarta REST client carry the calling thread's transaction, as {@link TransactionFlowOption#ALLOWED} says.
 *
 * <pre>{@code
 * Client client = ClientBuilder.newClient().register(TransactionFlowClient.class);
 * }</pre>
 *
 * <p>Outside of a transaction a call is as without it. In a transaction the call goes to a peer, or is refused before it is sent. A status of 400
 * or more, 202, a redirect, or no answer lets the transaction only roll back. Redirects are not followed. Asynchronous calls carry none, since a
 * transaction belongs to its thread.
 *
 * <p>What is refused throws {@link jakarta.ws.rs.ProcessingException}, whose message has the reason. The typed clients of MicroProfile REST Client
 * have it without being told; there {@link TransactionFlow} says what each method does.
 */
public final class TransactionFlowClient implements Feature {

    /** Nobody changes the request's address after it, since that is signed. */
    private static final int TO_CALLEE = Integer.MAX_VALUE;

    /** Next to the wire: what it sees of the body is what is sent. */
    private static final int NEXT_TO_WIRE = Integer.MIN_VALUE;

    /** Before all others: whatever they make of an answer, it has arrived. */
    private static final int FROM_CALLEE = Integer.MAX_VALUE;

    private final CallerRule rule;

    /** For calls without a contract. */
    public TransactionFlowClient() {
        this(CallerRule.ofPlainClient());
    }

    TransactionFlowClient(CallerRule rule) {
        this.rule = rule;
    }

    @Override
    public boolean configure(FeatureContext context) {
        if (FlowHere.isPresent()) {
            context.register(
                    new CallerFilter(rule, BodyLimit.from(System.getenv()), FlowHere.server()),
                    Map.of(
                            ClientRequestFilter.class, TO_CALLEE,
                            ClientResponseFilter.class, FROM_CALLEE,
                            WriterInterceptor.class, NEXT_TO_WIRE));
        } else {
            context.register(new CallerWithoutFlows(rule), TO_CALLEE);
        }
        return true;
    }
}
