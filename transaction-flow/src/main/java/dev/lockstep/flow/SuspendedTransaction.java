package dev.lockstep.flow;

import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.function.Supplier;

/** A transaction that waits until a scope is closed, which works without it. */
final class SuspendedTransaction implements AutoCloseable {

    private final Jta jta;
    private final Transaction waiting;

    private SuspendedTransaction(Jta jta, Transaction waiting) {
        this.jta = jta;
        this.waiting = waiting;
    }

    /**
     * Lets this thread's transaction wait, and another one take its place.
     *
     * @param jta the server's
     * @param other begins the other one
     * @return the other one; when it ends this thread has the first again
     */
    static Ambient behind(Jta jta, Supplier<Ambient> other) {
        SuspendedTransaction suspended = suspend(jta);
        try {
            return new InItsPlace(suspended, other.get());
        } catch (RuntimeException e) {
            suspended.close();
            throw e;
        }
    }

    private static SuspendedTransaction suspend(Jta jta) {
        try {
            return new SuspendedTransaction(jta, jta.manager().suspend());
        } catch (SystemException e) {
            throw new IllegalStateException("This thread's transaction cannot be suspended: " + e.getMessage(), e);
        }
    }

    /**
     * This thread has it again. If it has ended meanwhile (its server was told to roll it back), one that can only be rolled back takes its place: what
     * follows on this thread must not be committed by itself.
     *
     * @throws IllegalStateException if somebody has left another transaction here, which is rolled back; or if the server does not resume it
     */
    @Override
    public void close() {
        boolean isOccupied = jta.current() != null;
        try {
            if (isOccupied) {
                jta.manager().rollback();
            }
            jta.manager().resume(waiting);
        } catch (InvalidTransactionException e) {
            replace(e);
        } catch (SystemException e) {
            throw new IllegalStateException("The suspended transaction cannot be resumed: " + e.getMessage(), e);
        }
        if (isOccupied) {
            throw new IllegalStateException(
                    "A transaction was begun in a scope and not ended before the scope was closed; it is rolled back");
        }
    }

    private void replace(InvalidTransactionException reason) {
        System.getLogger(SuspendedTransaction.class.getName())
                .log(
                        Level.WARNING,
                        "A transaction has ended while it was suspended; its thread can only roll back",
                        reason);
        try {
            jta.manager().begin();
            jta.manager().setRollbackOnly();
        } catch (NotSupportedException | SystemException e) {
            throw new IllegalStateException("The suspended transaction has ended, and nothing can take its place", e);
        }
    }

    /**
     * What a scope works in meanwhile.
     *
     * @param waits what it hides
     * @param other its own
     */
    private record InItsPlace(SuspendedTransaction waits, Ambient other) implements Ambient {

        @Override
        @SuppressWarnings("try") // it resumes
        public void end(boolean isComplete) {
            try (SuspendedTransaction resumed = waits) {
                other.end(isComplete);
            }
        }

        @Override
        public Optional<Transaction> transaction() {
            return other.transaction();
        }
    }
}
