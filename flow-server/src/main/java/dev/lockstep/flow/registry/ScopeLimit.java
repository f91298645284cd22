package dev.lockstep.flow.registry;

import dev.lockstep.flow.server.FlowServer;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Duration;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** When the scope that began this thread's transaction ends it: the transaction manager does not tell what is left of a timeout. */
final class ScopeLimit {

    private static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";

    private ScopeLimit() {}

    /** What is left to this thread's transaction, at most the limit. */
    @SuppressWarnings("BanJNDI") // a name of the specification, and nobody's input
    static Duration orLess(Duration limit) {
        try {
            return orLess(limit, InitialContext.<TransactionSynchronizationRegistry>doLookup(REGISTRY));
        } catch (NamingException e) {
            return limit; // no component of an application calls
        }
    }

    static Duration orLess(Duration limit, TransactionSynchronizationRegistry transaction) {
        if (!(transaction.getResource(FlowServer.DEADLINE) instanceof Long deadline)) {
            return limit; // no scope began it
        }
        Duration left = Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
        return left.compareTo(limit) < 0 ? left : limit;
    }
}
