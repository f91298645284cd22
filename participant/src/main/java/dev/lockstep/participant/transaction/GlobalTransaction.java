package dev.lockstep.participant.transaction;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.observe.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/**
 * A transaction whose coordinator is this process: its branches in the order of their enlistment, and what is known of its
 * decision. Thread-safe.
 */
public final class GlobalTransaction {

    private final GlobalId id;
    private final Supplier<List<Subject>> subjects;
    private final Consumer<GlobalTransaction> whenOver;
    private final List<Branch> branches = new ArrayList<>();
    private boolean isPreparing;
    private boolean isRollbackOnly;
    private boolean isReadOnly;
    private boolean isDecidedToCommit;
    private boolean isOver;
    private long preparingSince;
    private Instant preparingSinceByClock;
    private Outcome outcome = Outcome.UNKNOWN;

    GlobalTransaction(GlobalId id, Supplier<List<Subject>> subjects, Consumer<GlobalTransaction> whenOver) {
        this.id = id;
        this.subjects = subjects;
        this.whenOver = whenOver;
    }

    /** {@return its id} */
    public GlobalId id() {
        return id;
    }

    /** {@return what the application has said until now that it is about} */
    List<Subject> subjects() {
        return subjects.get();
    }

    /**
     * Adds a branch. The first one is the commit point.
     *
     * <p>Precondition: no branch is being prepared yet.
     *
     * @throws ProtocolException XAER_PROTO if one is: the decision row names all followers; XAER_INVAL if there are too many
     */
    synchronized Branch enlist(ParticipantDatabase database, Xid given, Branch.Work work) throws ProtocolException {
        if (isPreparing) {
            throw new ProtocolException(
                    XAException.XAER_PROTO,
                    database + " cannot join " + id + " any more: " + branches.get(0) + " has begun to prepare",
                    null);
        }
        int index = branches.size();
        ParticipantId commitPoint =
                index == 0 ? database.id() : branches.get(0).database().id();
        try {
            Branch branch = new Branch(
                    new BranchId(id, index == 0 ? Role.COMMIT_POINT : Role.FOLLOWER, index, commitPoint),
                    given,
                    database,
                    this,
                    work);
            branches.add(branch);
            return branch;
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(XAException.XAER_INVAL, database + " cannot join " + id, e);
        }
    }

    /** A branch could not begin its work, or its work failed: the transaction can only be rolled back. */
    public synchronized void markRollbackOnly() {
        isRollbackOnly = true;
    }

    /**
     * Lets a branch prepare (P1).
     *
     * <p>Precondition: the commit point is prepared, or has voted read-only for all, or is this branch. Postcondition: no branch can join
     * any more.
     *
     * @param branch which
     * @throws ProtocolException XA_RBPROTO if the commit point is not prepared, XA_RBROLLBACK if the work of a branch failed
     */
    public synchronized void prepare(Branch branch) throws ProtocolException {
        if (isRollbackOnly) {
            throw new ProtocolException(
                    XAException.XA_RBROLLBACK, "cannot prepare " + branch + ": the work of a branch failed", null);
        }
        if (!branch.isCommitPoint() && !isReadOnly && branches.get(0).state() != Branch.State.PREPARED) {
            throw new ProtocolException(
                    XAException.XA_RBPROTO,
                    "cannot prepare " + branch + " before its commit point " + branches.get(0),
                    null);
        }
        if (!isPreparing) {
            isPreparing = true;
            preparingSince = System.nanoTime();
            preparingSinceByClock = Instant.now();
        }
    }

    /** {@return false if no follower has written anything, so that a commit point that has not either may vote read-only} */
    public boolean mayFollowersHaveWritten() {
        List<Branch> followers;
        synchronized (this) {
            followers = branches.stream().skip(1).toList();
        }
        return followers.stream().anyMatch(Branch::mayHaveWritten);
    }

    /** The commit point votes read-only, and so must all: there is nothing to decide. */
    public synchronized void voteReadOnly() {
        isReadOnly = true;
    }

    /** {@return whether the commit point has voted read-only} */
    public synchronized boolean isReadOnly() {
        return isReadOnly;
    }

    /** {@return the databases of all branches but the first, each once} */
    public synchronized List<ParticipantId> followers() {
        return branches.stream()
                .skip(1)
                .map(branch -> branch.database().id())
                .distinct()
                .toList();
    }

    /** {@return why one phase will not do, or empty if it will} */
    public synchronized Optional<String> obstacleToOnePhase() {
        if (isRollbackOnly) {
            return Optional.of("its work failed");
        }
        return branches.size() == 1 ? Optional.empty() : Optional.of("there are others");
    }

    /** {@return the commit point} */
    public synchronized Branch commitPoint() {
        return branches.get(0);
    }

    /** COMMIT PREPARED of the commit point is about to be sent; from now on it may be carried out, however late. */
    public synchronized void decideToCommit() {
        isDecidedToCommit = true;
    }

    /** {@return whether {@link #decideToCommit} was called} */
    public synchronized boolean isDecidedToCommit() {
        return isDecidedToCommit;
    }

    /** {@return what is known of the decision} */
    public synchronized Outcome outcome() {
        return outcome;
    }

    /**
     * Learns of the decision.
     *
     * @param learned what is known now
     * @return the same
     */
    public synchronized Outcome learn(Outcome learned) {
        if (outcome == Outcome.UNKNOWN) {
            outcome = learned;
        }
        return outcome;
    }

    /** {@return whether every branch is committed for sure, so that nobody will ask for the decision any more} */
    synchronized boolean isSeenThrough() {
        return branches.stream().allMatch(Branch::isCommitted);
    }

    /**
     * Tells whether a decision row, had there been one, must still be there: others forget it only after the retention. Both clocks must
     * agree, since one of them stands still while a machine is suspended, and the other may be set.
     *
     * @return whether less than half of the retention with which the row was written has passed since before that
     */
    public synchronized boolean mayConcludeFromMissingRow() {
        Duration retention = branches.get(0).database().limits().retention();
        Duration byClock = Duration.between(preparingSinceByClock, Instant.now());
        return System.nanoTime() - preparingSince < retention.toNanos() / 2
                && byClock.abs().compareTo(retention.dividedBy(2)) < 0;
    }

    void branchOver() {
        synchronized (this) {
            if (isOver || branches.stream().anyMatch(branch -> branch.state() != Branch.State.OVER)) {
                return;
            }
            isOver = true;
        }
        whenOver.accept(this);
    }
}
