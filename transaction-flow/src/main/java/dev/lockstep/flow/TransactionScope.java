package dev.lockstep.flow;

import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
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
 * <p>Which transaction it is, is the question that the three ways to open a scope answer:
 *
 * <table>
 * <caption>What a scope works in</caption>
 * <tr><th></th><th>this thread has a transaction</th><th>it has none</th></tr>
 * <tr><td>{@link #required()}</td><td>that one</td><td>a new one</td></tr>
 * <tr><td>{@link #requiresNew()}</td><td>a new one; the other waits</td><td>a new one</td></tr>
 * <tr><td>{@link #suppress()}</td><td>none; the other waits</td><td>none</td></tr>
 * </table>
 *
 * <p>Scopes may stand in each other, also where one calls the other without knowing of it. All that share a transaction must vote yes. So if an
 * inner scope is not completed, the outer one's {@code close()} throws {@link TransactionAbortedException}, though it was completed itself.
 *
 * <p>Of several timeouts the shorter one wins: when the time of a scope is over, its transaction can only be rolled back, whoever began it.
 *
 * <p>A connection belongs to the transaction that it was opened in. So close it before another transaction takes its place.
 *
 * <p>It works with this server's databases alone, too, and without any other part of Lockstep. The commit is then as safe as the server's own.
 *
 * <p>A scope belongs to the thread that opened it, and so does its transaction. Interrupting that thread disturbs neither commit nor rollback. Misuse
 * throws {@link IllegalStateException}, which says what was done twice or too late.
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
     * Joins this thread's transaction, or begins one with the server's timeout. It is what one mostly wants:
     *
     * <pre>{@code
     * try (TransactionScope scope = TransactionScope.required()) {
     *     products.decreaseNum(1, 1);           // a database here, or a server elsewhere
     *     orders.addOrder(order);
     *     scope.complete();
     * }
     * }</pre>
     *
     * @return the scope, to be closed by this thread
     * @throws TransactionAbortedException if this thread has a transaction that can only be rolled back, or the server can begin none now
     * @throws IllegalStateException if the scope around it is complete, or if no transaction can begin here
     */
    public static TransactionScope required() {
        return open(jta -> joinedOrBegun(jta, Duration.ZERO));
    }

    /**
     * Joins this thread's transaction, or begins one.
     *
     * <pre>{@code
     * try (TransactionScope scope = TransactionScope.required(Duration.ofSeconds(5))) {
     *     orders.addOrder(order);               // after 5 s nothing of it can be committed any more
     *     scope.complete();
     * }
     * }</pre>
     *
     * @param timeout after this the transaction can only be rolled back, also if this scope has joined it. The servers that are called
     *     hear what is left. 1 ms or more
     * @return the scope, to be closed by this thread
     * @throws TransactionAbortedException if this thread has a transaction that can only be rolled back, or the server can begin none now
     * @throws IllegalStateException if the scope around it is complete, or if no transaction can begin here
     * @throws IllegalArgumentException if the timeout is not between 1 ms and 2147483646 s
     */
    public static TransactionScope required(Duration timeout) {
        requireRange(timeout);
        return open(jta -> joinedOrBegun(jta, timeout));
    }

    /**
     * Begins a transaction of its own, with the server's timeout. This thread's other one waits until the scope is closed: whether that one is
     * committed is not this one's matter. So what must be kept, whatever becomes of the rest, is written in it:
     *
     * <pre>{@code
     * try (TransactionScope outer = TransactionScope.required()) {
     *     try (TransactionScope own = TransactionScope.requiresNew()) {
     *         log.attempted(order);             // stays, if the order is rolled back
     *         own.complete();
     *     }
     *     orders.addOrder(order);
     *     outer.complete();
     * }
     * }</pre>
     *
     * <p>Rows that the other transaction has locked stay locked meanwhile, for this one, too.
     *
     * @return the scope, to be closed by this thread
     * @throws TransactionAbortedException if the server can begin none now
     * @throws IllegalStateException if the scope around it is complete, or if no transaction can begin here
     */
    public static TransactionScope requiresNew() {
        return open(jta -> begunAnew(jta, Duration.ZERO));
    }

    /**
     * Begins a transaction of its own, as {@link #requiresNew()}.
     *
     * @param timeout after this it can only be rolled back; 1 ms or more
     * @return the scope, to be closed by this thread
     * @throws TransactionAbortedException if the server can begin none now
     * @throws IllegalStateException if the scope around it is complete, or if no transaction can begin here
     * @throws IllegalArgumentException if the timeout is not between 1 ms and 2147483646 s
     */
    public static TransactionScope requiresNew(Duration timeout) {
        requireRange(timeout);
        return open(jta -> begunAnew(jta, timeout));
    }

    /**
     * Works without a transaction. This thread's waits until the scope is closed, whatever happens in it. A call to a server that takes part in
     * no flow is made so:
     *
     * <pre>{@code
     * try (TransactionScope scope = TransactionScope.required()) {
     *     try (TransactionScope none = TransactionScope.suppress()) {
     *         weather.today();                  // no transaction goes there, and none is rolled back if it fails
     *     }
     *     orders.addOrder(order);
     *     scope.complete();
     * }
     * }</pre>
     *
     * @return the scope, to be closed by this thread; {@link #complete()} is allowed and does nothing
     * @throws IllegalStateException if the scope around it is complete
     */
    public static TransactionScope suppress() {
        return open(jta -> jta.hasTransaction()
                ? SuspendedTransaction.behind(jta, WithoutTransaction::new)
                : new WithoutTransaction());
    }

    private static void requireRange(Duration timeout) {
        if (timeout.toMillis() < 1 || timeout.toSeconds() >= Integer.MAX_VALUE) {
            throw new IllegalArgumentException("The timeout of a scope is " + timeout + ", must be between 1 ms and "
                    + (Integer.MAX_VALUE - 1) + " s");
        }
    }

    private static TransactionScope open(Function<Jta, Ambient> ambient) {
        Jta jta = Jta.ofThisServer();
        TransactionScope outer = innermost(jta);
        if (outer != null) {
            outer.requireOpen("A scope cannot open in it");
        }
        return new TransactionScope(outer, ambient.apply(jta));
    }

    private static Ambient joinedOrBegun(Jta jta, Duration timeout) {
        Transaction current = jta.current();
        if (current == null) {
            return BegunTransaction.begin(jta, jta.user().get(), timeout);
        }
        int status = Jta.status(current);
        return switch (status) {
            case Status.STATUS_ACTIVE -> new JoinedTransaction(current, TimeLimit.watch(current, timeout));
            case Status.STATUS_MARKED_ROLLBACK, Status.STATUS_ROLLING_BACK, Status.STATUS_ROLLEDBACK ->
                throw new TransactionAbortedException(
                        "This thread's transaction can only be rolled back: no scope can join it", null);
            default ->
                throw new IllegalStateException(
                        "This thread's transaction is ending (status " + status + "): no scope can join it");
        };
    }

    private static Ambient begunAnew(Jta jta, Duration timeout) {
        return jta.hasTransaction()
                ? SuspendedTransaction.behind(
                        jta, () -> BegunTransaction.begin(jta, new SecondTransaction(jta.manager()), timeout))
                : BegunTransaction.begin(jta, jta.user().get(), timeout);
    }

    /**
     * Votes yes: all work of this scope is done. Nothing but {@link #close()} may follow.
     *
     * <pre>{@code
     * scope.complete();                             // the last line of the block
     * }</pre>
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
     * Commits, if this scope began the transaction and is complete. If it is not complete, the transaction is rolled back. A transaction that
     * waited for it goes on. Closed again, it does nothing.
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
        if (Stream.iterate(INNERMOST.get(), Objects::nonNull, one -> one.outer).noneMatch(this::equals)) {
            progress = Progress.CLOSED;
            throw new IllegalStateException("A scope was closed too late: its transaction had ended without it");
        }
        boolean isInnermost = INNERMOST.get() == this;
        while (INNERMOST.get() != this) {
            INNERMOST.get().rollBack();
        }
        progress = Progress.CLOSED;
        leave();
        ambient.end(isComplete && isInnermost);
        if (!isInnermost) {
            throw new IllegalStateException(
                    "A scope was closed before the one that was opened in it; its transaction is rolled back");
        }
    }

    private void leave() {
        if (outer == null) {
            INNERMOST.remove();
        } else {
            INNERMOST.set(outer);
        }
    }

    /** Nobody has closed it: it ends with what is around it. */
    private void rollBack() {
        progress = Progress.CLOSED;
        leave();
        try {
            ambient.end(false);
        } catch (RuntimeException e) {
            System.getLogger(TransactionScope.class.getName())
                    .log(Level.WARNING, "A scope that nobody has closed cannot be rolled back", e);
        }
    }

    /**
     * Rolls back what this thread has left open, since it turns to something else.
     *
     * @param work what it has done
     */
    static void endLeft(String work) {
        while (INNERMOST.get() != null) {
            System.getLogger(TransactionScope.class.getName())
                    .log(
                            Level.WARNING,
                            work + " has left a TransactionScope open, which is rolled back: close it by try (…)");
            INNERMOST.get().rollBack();
        }
    }

    /**
     * Refuses work after {@link #complete()}.
     *
     * @param work what is to be done
     * @throws IllegalStateException if this thread's innermost scope is complete
     */
    static void requireNotComplete(String work) {
        TransactionScope innermost = INNERMOST.get() == null ? null : innermost(Jta.ofThisServer());
        if (innermost != null) {
            innermost.requireOpen(work + " comes too late");
        }
    }

    /** This thread's scope; one whose transaction has ended without it was left open by somebody else's work, and counts no more. */
    private static TransactionScope innermost(Jta jta) {
        TransactionScope innermost = INNERMOST.get();
        while (innermost != null && innermost.isForgotten(jta)) {
            innermost.leave();
            innermost = INNERMOST.get();
        }
        return innermost;
    }

    private boolean isForgotten(Jta jta) {
        return ambient.transaction()
                .filter(own -> !own.equals(jta.current()))
                .map(Jta::status)
                .filter(status -> status == Status.STATUS_COMMITTED
                        || status == Status.STATUS_ROLLEDBACK
                        || status == Status.STATUS_NO_TRANSACTION
                        || status == Status.STATUS_UNKNOWN)
                .isPresent();
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
