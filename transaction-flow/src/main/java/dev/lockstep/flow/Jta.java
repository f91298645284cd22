package dev.lockstep.flow;

import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The server's transactions, by the names that Jakarta EE and Payara give them.
 *
 * @param manager tells of the calling thread's transaction, wherever it came from, and lets it wait
 * @param registry keeps what is known of it
 * @param user begins and ends one; the container gives it to servlets, CDI beans and EJBs that manage their own
 */
record Jta(TransactionManager manager, TransactionSynchronizationRegistry registry, Supplier<UserTransaction> user) {

    private static final String NO_SERVER = "This is no server with transactions that can be suspended";

    /** The first two are the server's own, and the same for all its threads. */
    private static volatile Jta here;

    /** The server's own, too: whether a transaction may begin it asks at each call, once it has been given to somebody. */
    private static volatile UserTransaction userTransaction;

    static Jta ofThisServer() {
        Jta known = here;
        if (known == null) {
            known = new Jta(
                    look("java:appserver/TransactionManager", NO_SERVER),
                    look("java:comp/TransactionSynchronizationRegistry", NO_SERVER),
                    Jta::userTransaction);
            here = known;
        }
        return known;
    }

    private static UserTransaction userTransaction() {
        UserTransaction known = userTransaction;
        if (known == null) {
            known = look(
                    "java:comp/UserTransaction",
                    "No transaction can begin here: an EJB whose transactions are the container's leaves it to the container");
            userTransaction = known;
        }
        return known;
    }

    @SuppressWarnings({"BanJNDI", "TypeParameterUnusedInFormals"}) // a name of the specification, which tells the type
    private static <T> T look(String name, String otherwise) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new IllegalStateException(otherwise + " (" + name + " is not there)", e);
        }
    }

    /** {@return the calling thread's transaction, in whatever state; null if it has none} */
    Transaction current() {
        try {
            return manager.getTransaction();
        } catch (SystemException e) {
            throw new IllegalStateException("The server does not tell this thread's transaction", e);
        }
    }

    /** {@return the state of a transaction, as {@link jakarta.transaction.Status} has it} */
    static int status(Transaction transaction) {
        try {
            return transaction.getStatus();
        } catch (SystemException e) {
            throw new IllegalStateException("The server does not tell the state of " + transaction, e);
        }
    }

    /** {@return whether the calling thread has a transaction, in whatever state} */
    boolean hasTransaction() {
        return current() != null;
    }
}
