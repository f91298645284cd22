package dev.lockstep.flow;

import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.UserTransaction;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/**
 * The server's transactions, by the names that Jakarta EE gives them.
 *
 * @param registry tells of the calling thread's transaction, wherever it came from
 * @param user begins and ends one; the container gives it to servlets, CDI beans and EJBs that manage their own
 */
record Jta(TransactionSynchronizationRegistry registry, Supplier<UserTransaction> user) {

    static Jta ofThisServer() {
        return new Jta(
                look("java:comp/TransactionSynchronizationRegistry", "This is no server with transactions"),
                () -> look(
                        "java:comp/UserTransaction",
                        "No transaction can begin here: an EJB whose transactions are the container's leaves it to the container"));
    }

    @SuppressWarnings({"BanJNDI", "TypeParameterUnusedInFormals"}) // a name of the specification, which tells the type
    private static <T> T look(String name, String otherwise) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException e) {
            throw new IllegalStateException(otherwise + " (" + name + " is not there)", e);
        }
    }

    /** {@return whether the calling thread has a transaction, in whatever state} */
    boolean hasTransaction() {
        return registry.getTransactionStatus() != Status.STATUS_NO_TRANSACTION;
    }
}
