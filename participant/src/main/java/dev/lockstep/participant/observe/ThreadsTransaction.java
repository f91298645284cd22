package dev.lockstep.participant.observe;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The place that JTA keeps for things of the calling thread's transaction: they are gone when it ends, whether or not a database took part. This
 * jar knows no JTA API, so the server's is asked by reflection.
 *
 * @param registry JTA's registry
 * @param get its method {@code getResource}
 * @param put its method {@code putResource}
 */
record ThreadsTransaction(Object registry, Method get, Method put) {

    private static final Logger LOG = System.getLogger(ThreadsTransaction.class.getName());

    private static final String NAME = "java:comp/TransactionSynchronizationRegistry";
    private static final String TYPE = "jakarta.transaction.TransactionSynchronizationRegistry";

    /** Looked up at the first question, which is asked within a transaction: so the server has started. */
    private static final class Found {

        private static final Optional<ThreadsTransaction> IN_THIS_SERVER = lookUp();

        private Found() {}
    }

    @SuppressWarnings("BanJNDI") // a name of this server, and nobody's input
    private static Optional<ThreadsTransaction> lookUp() {
        try {
            Object registry = InitialContext.doLookup(NAME);
            Class<?> type = Class.forName(TYPE, false, registry.getClass().getClassLoader());
            return Optional.of(new ThreadsTransaction(
                    registry,
                    type.getMethod("getResource", Object.class),
                    type.getMethod("putResource", Object.class, Object.class)));
        } catch (NamingException | ReflectiveOperationException | LinkageError e) {
            LOG.log(Level.DEBUG, "No " + NAME + ": no transaction here can have a subject", e);
            return Optional.empty();
        }
    }

    /** Finds what the thread's transaction is about, to be added to; empty if the thread has none, or if this is no server with JTA. */
    static Optional<Subjects> subjects() {
        return Found.IN_THIS_SERVER.flatMap(ThreadsTransaction::ofThisThread);
    }

    private Optional<Subjects> ofThisThread() {
        try {
            if (get.invoke(registry, Subjects.class) instanceof Subjects known) {
                return Optional.of(known);
            }
            Subjects unnamed = new Subjects();
            put.invoke(registry, Subjects.class, unnamed);
            return Optional.of(unnamed);
        } catch (InvocationTargetException | IllegalAccessException e) {
            LOG.log(Level.DEBUG, "This thread has no transaction", e);
            return Optional.empty();
        }
    }
}
