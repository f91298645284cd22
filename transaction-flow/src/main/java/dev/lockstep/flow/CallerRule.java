package dev.lockstep.flow;

import jakarta.transaction.TransactionRequiredException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.ClientRequestContext;
import java.lang.reflect.Method;
import java.util.List;

/** What a client asks of its calls. */
final class CallerRule {

    /** MicroProfile REST Client tells by it which method was called. */
    private static final String INVOKED_METHOD = "org.eclipse.microprofile.rest.client.invokedMethod";

    private final Class<?> contract;

    private CallerRule(Class<?> contract) {
        this.contract = contract;
    }

    /** Of a client without a contract each call may flow. */
    static CallerRule ofPlainClient() {
        return new CallerRule(Object.class);
    }

    /**
     * Of a typed client.
     *
     * @param contract its interface
     * @return its rule
     * @throws IllegalArgumentException if a method declares a flow that it cannot carry; it names all of them
     */
    static CallerRule ofTypedClient(Class<?> contract) {
        List<String> faults = FlowFaults.ofClient(contract);
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        return new CallerRule(contract);
    }

    /**
     * Tells what a call is.
     *
     * @param call the call
     * @return what is declared for it
     */
    TransactionFlowOption option(ClientRequestContext call) {
        return call.getProperty(INVOKED_METHOD) instanceof Method method
                ? DeclaredFlow.of(contract == Object.class ? method.getDeclaringClass() : contract, method)
                : TransactionFlowOption.ALLOWED;
    }

    /**
     * Refuses a call without a transaction, if it must have one.
     *
     * @param call the call
     */
    void requireNoneNeeded(ClientRequestContext call) {
        if (option(call) == TransactionFlowOption.MANDATORY) {
            String reason = call.getMethod() + " " + call.getUri()
                    + " was not sent: it is declared @TransactionFlow(MANDATORY), and this thread has no transaction";
            throw new ProcessingException(reason, new TransactionRequiredException(reason));
        }
    }
}
