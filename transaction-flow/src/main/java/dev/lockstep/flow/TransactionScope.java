package dev.lockstep.flow;

import dev.lockstep.flow.server.FlowServer;
import jakarta.transaction.Status;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * WCF's {@code TransactionScope}: what is called inside is one transaction, over all databases and servers that take part.
 *
 * <pre>{@code
 * try (TransactionScope scope = TransactionScope.required(Duration.ofSeconds(20))) {
 *     stock.decrease(1, 1);                     // another server
 *     orders.add(new Order(id, "Pens", 1, 1));  // a third one
 *     scope.complete();
 * } catch (TransactionAbortedException e) {     // nothing has happened, nor will it
 * } catch (TransactionInDoubtException e) {     // not known yet: look for the order later
 * }
 * }</pre>
 *
 * <p>{@link #complete()} votes yes, and {@link #close()} commits: when it returns, every database has committed, or will whatever fails. A scope
 * that is closed without {@code complete()} rolls back. That is what an exception does that leaves the block.
 *
 * <p>If the thread has a transaction already, a scope joins it: then {@code close()} leaves the commit to whoever began it. A joined scope without
 * {@code complete()} dooms the transaction.
 *
 * <p>A scope belongs to the thread that opened it. Misuse throws {@link IllegalStateException}, which says what was done twice or too late.
 */
public final class TransactionScope implements AutoCloseable {

    private static final ThreadLocal<TransactionScope> INNERMOST = new ThreadLocal<>();

    private final TransactionScope outer;
    private final Thread thread = Thread.currentThread();
    private final Ambient ambient;
    private Progress progress = Progress.OPEN;

    private enum Progress {
        OPEN,
        COMPLETE,
        CLOSED
    }

    private TransactionScope(TransactionScope outer, Ambient ambient) {
        this.outer = outer;
        this.ambient = ambient;
        INNERMOST.set(this);
    }

    /**
     * Joins this thread's transaction, or begins one. It has the server's timeout.
     *
     * @return the scope, to be closed by this thread
     * @throws TransactionAbortedException if this thread has a transaction that can only be rolled back
     * @throws IllegalStateException if the scope around it is complete, or if no transaction can begin here
     */
    public static TransactionScope required() {
        return required(Jta.ofThisServer(), Duration.ZERO);
    }

    /**
     * Joins this thread's transaction, or begins one.
     *
     * @param timeout after this it is rolled back; whole seconds count, rounded up; of a joined transaction the shorter limit counts
     * @return the scope, to be closed by this thread
     * @throws TransactionAbortedException if this thread has a transaction that can only be rolled back
     * @throws IllegalStateException if the scope around it is complete, or if no transaction can begin here
     * @throws IllegalArgumentException if the timeout is not between 1 ms and 2147483647 s
     */
    public static TransactionScope required(Duration timeout) {
        if (timeout.toMillis() < 1 || timeout.toSeconds() >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "The timeout of a scope is " + timeout + ", must be between 1 ms and " + Integer.MAX_VALUE + " s");
        }
        return required(Jta.ofThisServer(), timeout);
    }

    static TransactionScope required(Jta jta, Duration timeout) {
        int status = jta.registry().getTransactionStatus();
        TransactionScope outer =
                status == Status.STATUS_NO_TRANSACTION ? null : INNERMOST.get(); // else one that nobody closed
        if (outer != null) {
            outer.requireOpen("A scope cannot open in it");
        }
        return new TransactionScope(
                outer,
                switch (status) {
                    case Status.STATUS_NO_TRANSACTION -> begun(jta, timeout);
                    case Status.STATUS_ACTIVE -> new JoinedTransaction(jta.registry(), timeout);
                    case Status.STATUS_MARKED_ROLLBACK ->
                        throw new TransactionAbortedException(
                                "This thread's transaction can only be rolled back: no scope can join it", null);
                    default ->
                        throw new IllegalStateException(
                                "This thread's transaction is ending (status " + status + "): no scope can join it");
                });
    }

    private static Ambient begun(Jta jta, Duration timeout) {
        BegunTransaction begun = BegunTransaction.begin(jta.user().get(), timeout);
        if (!timeout.isZero()) {
            // The servers that are called learn what is left; the transaction manager does not tell it.
            jta.registry().putResource(FlowServer.DEADLINE, System.nanoTime() + timeout.toNanos());
        }
        return begun;
    }

    /**
     * Votes yes: all work of this scope is done. Nothing but {@link #close()} may follow.
     *
     * @throws IllegalStateException if the scope is complete or closed already, or is another thread's
     */
    public void complete() {
        requireOwnThread();
        requireOpen("It cannot be completed");
        if (INNERMOST.get() != this) {
            throw new IllegalStateException(
                    "A scope cannot be completed before the one that was opened in it is closed");
        }
        progress = Progress.COMPLETE;
    }

    /**
     * Commits, if this scope began the transaction and is complete. If it is not complete, the transaction is rolled back. Closed again, it does
     * nothing.
     *
     * @throws TransactionAbortedException if all is rolled back that was to be committed
     * @throws TransactionInDoubtException if it cannot be told yet which of the two
     * @throws IllegalStateException if the scope is another thread's, or has one in it that is not closed, which rolls back; or if its transaction has
     *     ended without it
     */
    @Override
    public void close() {
        requireOwnThread();
        if (progress == Progress.CLOSED) {
            return;
        }
        boolean isComplete = progress == Progress.COMPLETE;
        progress = Progress.CLOSED;
        if (Stream.iterate(INNERMOST.get(), Objects::nonNull, one -> one.outer).noneMatch(this::equals)) {
            throw new IllegalStateException("A scope was closed too late: its transaction had ended without it");
        }
        boolean isInnermost = INNERMOST.get() == this;
        leave();
        ambient.end(isComplete && isInnermost);
        if (!isInnermost) {
            throw new IllegalStateException(
                    "A scope was closed before the one that was opened in it; its transaction is rolled back");
        }
    }

    /** Those that were opened in it end with it. */
    private void leave() {
        for (TransactionScope one = INNERMOST.get(); one != this; one = one.outer) {
            one.progress = Progress.CLOSED;
        }
        if (outer == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(outer);
        }
    }

    /**
     * Refuses work after {@link #complete()}.
     *
     * @param work what is to be done
     * @throws IllegalStateException if this thread's innermost scope is complete
     */
    static void requireNotComplete(String work) {
        TransactionScope innermost = INNERMOST.get();
        if (innermost != null) {
            innermost.requireOpen(work + " comes too late");
        }
    }

    private void requireOpen(String otherwise) {
        if (progress != Progress.OPEN) {
            throw new IllegalStateException(otherwise + ": the scope is "
                    + (progress == Progress.COMPLETE ? "complete already; only close() may follow" : "closed already"));
        }
    }

    private void requireOwnThread() {
        if (Thread.currentThread() != thread) {
            throw new IllegalStateException("A scope belongs to its thread: opened by \"" + thread.getName()
                    + "\", used by \"" + Thread.currentThread().getName() + "\"");
        }
    }
}
