package dev.lockstep.participant.transaction;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.participant.observe.Veto;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.transaction.xa.Xid;

/** A branch of a living transaction, on the connection that works for it. Thread-safe. */
public final class Branch {

    /** What is done in a branch. */
    @FunctionalInterface
    public interface Work {

        /**
         * Asks its database.
         *
         * @return whether it has written anything or may yet
         * @throws SQLException if there is no answer
         */
        boolean hasWritten() throws SQLException;
    }

    /** Where a branch stands. */
    public enum State {
        /** Work is done, or was done, and nothing is prepared. */
        WORKING,
        /** PREPARE was answered with yes. */
        PREPARED,
        /** PREPARE got no answer: prepared now, later, or never. */
        PERHAPS_PREPARED,
        /** The transaction manager was told the branch's last word, be it a read-only vote; what is left is the resolver's. */
        OVER
    }

    private final BranchId id;
    private final Xid given;
    private final ParticipantDatabase database;
    private final GlobalTransaction transaction;
    private volatile Work work;
    private final long worker = Thread.currentThread().getId();
    private volatile State state = State.WORKING;
    private volatile boolean isCommitted;

    Branch(BranchId id, Xid given, ParticipantDatabase database, GlobalTransaction transaction, Work work) {
        this.id = id;
        this.given = given;
        this.database = database;
        this.transaction = transaction;
        this.work = work;
    }

    /** {@return its name in PostgreSQL} */
    public BranchId id() {
        return id;
    }

    /** {@return where it stands} */
    public State state() {
        return state;
    }

    /** {@return its database} */
    public ParticipantDatabase database() {
        return database;
    }

    /** {@return its transaction} */
    public GlobalTransaction transaction() {
        return transaction;
    }

    /** {@return whether it is its transaction's commit point} */
    public boolean isCommitPoint() {
        return id.role() == Role.COMMIT_POINT;
    }

    /**
     * Tells whether the transaction manager means this branch.
     *
     * @param xid what it said
     * @return whether it gave that name at the start
     */
    public boolean isNamed(Xid xid) {
        return xid.getFormatId() == given.getFormatId()
                && Arrays.equals(xid.getGlobalTransactionId(), given.getGlobalTransactionId())
                && Arrays.equals(xid.getBranchQualifier(), given.getBranchQualifier());
    }

    /** {@return whether the calling thread is another one than did the work, which may then still be at it} */
    public boolean isForeignThread() {
        return Thread.currentThread().getId() != worker;
    }

    /** {@return false if it has certainly written nothing, and will not: its work has ended, on this thread} */
    boolean mayHaveWritten() {
        try {
            return isForeignThread() || work.hasWritten();
        } catch (SQLException e) {
            return true; // its own prepare will tell
        }
    }

    /**
     * PREPARE was answered with yes, which the listeners hear.
     *
     * @return a listener's veto, after which the branch must vote no; mostly empty
     */
    public Optional<Veto> prepared() {
        state = State.PREPARED;
        return Transactions.tell(() -> event(Kind.PREPARE, Moment.AFTER, Result.PREPARED, ""));
    }

    /** PREPARE got no answer. */
    public void perhapsPrepared() {
        state = State.PERHAPS_PREPARED;
    }

    /**
     * The transaction manager has been, or is now, told the branch's last word.
     *
     * @param committed whether the branch is committed for sure, or had nothing to commit; else its decision must be kept
     */
    public void over(boolean committed) {
        isCommitted = committed;
        state = State.OVER;
        work = () -> true; // else connection after connection would be kept by the last branch of the one before
        transaction.branchOver();
    }

    /** {@return whether it is over, and committed for sure or without anything to commit} */
    boolean isCommitted() {
        return isCommitted;
    }

    /**
     * Tells the listeners of a step that is about to be taken.
     *
     * @param kind the step
     */
    public void before(Kind kind) {
        Transactions.tell(() -> event(kind, Moment.BEFORE, Result.NONE, ""));
    }

    /**
     * Tells the listeners of a step that was taken.
     *
     * @param kind the step
     * @param result how it ended
     */
    public void after(Kind kind, Result result) {
        Transactions.tell(() -> event(kind, Moment.AFTER, result, ""));
    }

    /**
     * Tells the listeners of a step that failed.
     *
     * @param kind the step
     * @param isUnanswered whether it may have been taken nevertheless
     * @param detail what the database or the driver said
     */
    public void failed(Kind kind, boolean isUnanswered, String detail) {
        Result result = isUnanswered ? Result.NO_ANSWER : Result.REFUSED;
        Transactions.tell(() -> event(kind, Moment.AFTER, result, String.valueOf(detail)));
    }

    private TransactionEvent event(Kind kind, Moment moment, Result result, String detail) {
        return new TransactionEvent(
                kind,
                moment,
                id.global().text(),
                database.id().name(),
                id.label(),
                isCommitPoint(),
                Instant.now(),
                result,
                detail,
                transaction.subjects());
    }

    @Override
    public String toString() {
        return id + " in " + database + " (" + state + ")";
    }
}
