package dev.lockstep.participant.transaction;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.participant.observe.Veto;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * A branch of a living transaction, on the connection that works for it. It gets its name when it is prepared, for only then is it known
 * whose decision it bears. Thread-safe.
 */
public final class Branch implements Member {

    /** What works in a branch. */
    @FunctionalInterface
    public interface Work {

        /**
         * Prepares it (P1).
         *
         * @return XA_OK or XA_RDONLY
         * @throws XAException a vote of no, or no answer
         */
        int prepare() throws XAException;
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

    /** What the gate of a flow was answered when it prepared the branch. */
    private enum Vote {
        /** It was not, or not yet. */
        NONE,
        YES,
        NOTHING,
        NO
    }

    private final int index;
    private final Xid given;
    private final ParticipantDatabase database;
    private final GlobalTransaction transaction;
    private final boolean isForeseeable;
    private final long worker = Thread.currentThread().getId();
    private volatile BranchId id;
    private volatile Work work;
    private volatile State state = State.WORKING;
    private volatile Vote told = Vote.NONE;
    private volatile boolean isCommitted;

    /**
     * A branch that works.
     *
     * @param index its place among the branches of this process, from 0
     * @param given its name, as the transaction manager gave it
     * @param database where it works
     * @param transaction its transaction
     * @param work what is done in it
     * @param isForeseeable whether the first branch is the commit point unless it writes nothing
     */
    Branch(
            int index,
            Xid given,
            ParticipantDatabase database,
            GlobalTransaction transaction,
            Work work,
            boolean isForeseeable) {
        this.index = index;
        this.given = given;
        this.database = database;
        this.transaction = transaction;
        this.work = work;
        this.isForeseeable = isForeseeable;
    }

    /** {@return its place among the branches of this process, from 0} */
    int index() {
        return index;
    }

    void name(BranchId named) {
        id = named;
    }

    /**
     * Tells its name in PostgreSQL. Precondition: {@link GlobalTransaction#prepare(Branch)} has let it prepare.
     *
     * @return the name
     */
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

    @Override
    public Set<ParticipantId> databases() {
        return Set.of(database.id());
    }

    /** {@return its transaction} */
    public GlobalTransaction transaction() {
        return transaction;
    }

    /** {@return whether it is its transaction's commit point, or will be if it has written} */
    public boolean isCommitPoint() {
        BranchId name = id;
        return name == null ? index == 0 && isForeseeable : name.role() == Role.COMMIT_POINT;
    }

    /** The same in all events, though the first that has written is the commit point. In a flow nobody knows before it is prepared. */
    private String label() {
        if (isForeseeable) {
            return index == 0 ? "C0" : "F" + index;
        }
        BranchId name = id;
        return name == null ? "B" + index : name.label();
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

    /** {@return whether the calling thread is another one than does the work, which may then still be at it} */
    public boolean isForeignThread() {
        return transaction.isCalledBack()
                || Thread.currentThread().getId()
                        != transaction.gate().flatMap(Gate::worker).orElse(worker);
    }

    /** The gate of a flow prepares it; what the transaction manager asks later finds it done. */
    @Override
    public int prepare() throws XAException {
        told = Vote.NO;
        int vote = work.prepare();
        told = vote == XAResource.XA_OK ? Vote.YES : Vote.NOTHING;
        return vote;
    }

    /**
     * Tells whether its gate has prepared it.
     *
     * @return the vote then, XA_OK or XA_RDONLY; or empty
     */
    public OptionalInt vote() {
        return switch (told) {
            case YES -> OptionalInt.of(XAResource.XA_OK);
            case NOTHING -> OptionalInt.of(XAResource.XA_RDONLY);
            case NONE, NO -> OptionalInt.empty();
        };
    }

    /** {@return whether it ended when its gate prepared it, which the transaction manager does not know} */
    public boolean hasEndedAtItsGate() {
        return isOver() && (told == Vote.NO || told == Vote.NOTHING);
    }

    @Override
    public boolean isPrepared() {
        return state == State.PREPARED;
    }

    @Override
    public boolean isOver() {
        return state == State.OVER;
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
        work = () ->
                XAResource.XA_RDONLY; // else connection after connection would be kept by the last branch of the one
        // before
        transaction.memberOver();
    }

    @Override
    public boolean isCommitted() {
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
                transaction.id().text(),
                database.id().name(),
                label(),
                isCommitPoint(),
                Instant.now(),
                result,
                detail,
                transaction.subjects());
    }

    @Override
    public String toString() {
        return (id == null ? transaction.id() + " " + label() : id.toString()) + " in " + database + " (" + state + ")";
    }
}
