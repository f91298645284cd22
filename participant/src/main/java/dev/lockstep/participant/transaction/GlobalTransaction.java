package dev.lockstep.participant.transaction;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.flow.Order;
import dev.lockstep.participant.flow.Order.Follow;
import dev.lockstep.participant.flow.Order.Hold;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Subordinate;
import dev.lockstep.participant.observe.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/**
 * A transaction whose coordinator is this process: its members in the order of their enlistment, who keeps its decision, and what is
 * known of that. In a flow it has a {@link Gate} if it was called, and a {@link CalledServer} for each server that it calls. Thread-safe.
 */
public final class GlobalTransaction {

    private final GlobalId id;
    private final Supplier<List<Subject>> subjects;
    private final Register register;
    private final List<Member> members = new ArrayList<>();
    private Gate gate;
    private int branches;
    private int calledServers;
    private int callsBack;
    private boolean isRollbackOnly;
    private boolean isDecidedToCommit;
    private boolean isOver;
    private Since preparing;
    private Keeper keeper;
    private Outcome outcome = Outcome.UNKNOWN;
    private String trouble = "";

    /** Where a process keeps its transactions. */
    @FunctionalInterface
    interface Register {

        /** Everybody's last word has been told. */
        void over(GlobalTransaction transaction);

        /**
         * Lets a transaction live under another server's decision, too.
         *
         * @return false if another transaction here does so
         */
        default boolean follow(GlobalTransaction transaction, GlobalId decision) {
            return true;
        }
    }

    GlobalTransaction(GlobalId id, Supplier<List<Subject>> subjects, Register register) {
        this.id = id;
        this.subjects = subjects;
        this.register = register;
    }

    /** {@return its id} */
    public GlobalId id() {
        return id;
    }

    /** {@return what the application has said until now that it is about} */
    List<Subject> subjects() {
        return subjects.get();
    }

    /** Makes it a part of a flow. Precondition: it has no member. */
    synchronized void enter(Gate entered) {
        gate = entered;
    }

    /** {@return its gate, if it is a part of a flow} */
    public synchronized Optional<Gate> gate() {
        return Optional.ofNullable(gate);
    }

    /**
     * Adds a branch.
     *
     * <p>Precondition: nothing is being prepared yet.
     *
     * @throws ProtocolException XAER_PROTO if something is: the decision row names all followers; XAER_INVAL if there are too many
     */
    synchronized Branch enlist(ParticipantDatabase database, Xid given, Branch.Work work) throws ProtocolException {
        requireRoom(database, branches, BranchId.INDEX_LIMIT + 1);
        Branch branch = new Branch(branches, given, database, this, work, isForeseeable());
        branches++;
        members.add(branch);
        return branch;
    }

    /** Whether the first branch is the commit point unless it writes nothing: there is no gate, and nobody was called before. */
    private boolean isForeseeable() {
        return gate == null && (members.isEmpty() || members.get(0) instanceof Branch);
    }

    /** Adds a server that was called, in the same way. */
    synchronized CalledServer enlist(Subordinate subordinate, SecondPhase secondPhase) throws ProtocolException {
        requireRoom(subordinate, calledServers, BranchId.INDEX_LIMIT);
        calledServers++;
        CalledServer called = new CalledServer(subordinate, calledServers, this, secondPhase);
        members.add(called);
        return called;
    }

    private void requireRoom(Object joining, int sofar, int limit) throws ProtocolException {
        if (preparing != null) {
            String first = members.isEmpty() ? "its gate" : members.get(0).toString();
            throw new ProtocolException(
                    XAException.XAER_PROTO,
                    joining + " cannot join " + id + " any more: " + first + " has begun to prepare",
                    null);
        }
        if (sofar >= limit) {
            throw new ProtocolException(
                    XAException.XAER_INVAL,
                    joining + " cannot join " + id + ", which has " + sofar + " such already; that is the limit",
                    null);
        }
    }

    /** {@return the members, in the order of their enlistment} */
    synchronized List<Member> members() {
        return List.copyOf(members);
    }

    /** A call back comes or leaves. */
    synchronized void calledBack(boolean isAtWork) {
        callsBack += isAtWork ? 1 : -1;
    }

    /** {@return whether a call back is at work, on a thread that may use any connection} */
    synchronized boolean isCalledBack() {
        return callsBack > 0;
    }

    /** A branch could not begin its work, or its work failed: the transaction can only be rolled back. */
    public synchronized void markRollbackOnly() {
        isRollbackOnly = true;
    }

    /** A listener has vetoed the vote of a branch: whatever comes, the vote is no. */
    public synchronized void votesNo() {
        isRollbackOnly = true;
        if (gate != null) {
            gate.votesNo();
        }
    }

    /**
     * Begins to prepare as a superior has asked for. From now on nobody can join.
     *
     * @throws ProtocolException XA_RBROLLBACK if its work failed; XA_RBPROTO if another transaction here follows that decision
     */
    synchronized void prepare(Order order) throws ProtocolException {
        requireNotDoomed(id);
        if (order instanceof Follow follow) {
            live(follow.decision());
            keeper = new Keeper(follow.decision(), follow.commitPoint(), Duration.ZERO, null);
        }
        preparing = Since.now();
    }

    /**
     * Lets a branch prepare (P1), and gives it its name: until another member has voted yes it is the commit point, after that it follows.
     *
     * <p>Precondition: the commit point is prepared; or all that were enlisted before have written nothing. Postcondition: nobody can join
     * any more.
     *
     * @param branch which
     * @throws ProtocolException XA_RBPROTO if the precondition fails, or it is a part of a flow whose gate has not begun; XA_RBROLLBACK if
     *     the work of a branch failed, or the name would be too long
     */
    public synchronized void prepare(Branch branch) throws ProtocolException {
        requireMayPrepare(branch);
        if (keeper == null) {
            keeper = Keeper.of(branch);
            branch.name(new BranchId(id, Role.COMMIT_POINT, 0, keeper.database()));
            return;
        }
        try {
            String path = keeper.isHere() ? "" : path();
            branch.name(new BranchId(keeper.decision(), Role.FOLLOWER, path, branch.index(), keeper.database()));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(XAException.XA_RBROLLBACK, "cannot prepare " + branch, e);
        }
    }

    /**
     * Tells what to ask a called server for.
     *
     * @throws ProtocolException as {@link #prepare(Branch)}; XA_RBROLLBACK if its path would be too long
     */
    Order order(CalledServer called) throws ProtocolException {
        try {
            String path;
            Keeper followed;
            synchronized (this) {
                requireMayPrepare(called);
                path = BranchId.below(path(), called.number());
                followed = keeper;
            }
            return followed == null
                    ? new Hold(Set.copyOf(followers(called)), path)
                    : new Follow(followed.decision(), followed.database(), path);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(XAException.XA_RBROLLBACK, "cannot prepare " + called, e);
        }
    }

    private String path() {
        return gate == null ? BranchId.ROOT : gate.order().path();
    }

    private void requireMayPrepare(Member member) throws ProtocolException {
        requireNotDoomed(member);
        if (gate != null && preparing == null) {
            throw tooEarly(member, "(the gate of " + id + ")");
        }
        if (keeper == null) {
            for (Member before : members.subList(0, members.indexOf(member))) {
                if (!before.isCommitted()) {
                    throw tooEarly(member, before);
                }
            }
        } else if (!keeper.isPrepared()) {
            throw tooEarly(member, keeper.member());
        }
        if (preparing == null) {
            preparing = Since.now();
        }
    }

    private static ProtocolException tooEarly(Member member, Object before) {
        return new ProtocolException(
                XAException.XA_RBPROTO, "cannot prepare " + member + " before its commit point " + before, null);
    }

    private void requireNotDoomed(Object who) throws ProtocolException {
        if (isRollbackOnly) {
            throw new ProtocolException(
                    XAException.XA_RBROLLBACK, "cannot prepare " + who + ": the work of a branch failed", null);
        }
    }

    /** A branch has written nothing, and votes read-only: if it was the commit point, the next one is. */
    public synchronized void readOnly(Branch branch) {
        if (keeper != null && keeper.member() == branch) {
            keeper = null;
        }
    }

    /**
     * A called server has voted yes as the holder.
     *
     * @throws ProtocolException XA_RBPROTO if another transaction here follows that decision
     */
    synchronized void hold(Keeper holder) throws ProtocolException {
        live(holder.decision());
        keeper = holder;
    }

    private void live(GlobalId decision) throws ProtocolException {
        if (!register.follow(this, decision)) {
            isRollbackOnly = true;
            throw new ProtocolException(
                    XAException.XA_RBPROTO, id + " cannot follow " + decision + ", which another one here does", null);
        }
    }

    /**
     * Lists who may follow a commit point, for its decision row.
     *
     * @param commitPoint the branch
     * @return the databases of all that were enlisted after it, and those that a superior has named, each once
     */
    public List<ParticipantId> followers(Branch commitPoint) {
        return followers((Member) commitPoint);
    }

    /** What is asked of the members is asked without a lock, for a called server's are told by strangers. */
    private List<ParticipantId> followers(Member commitPoint) {
        Set<ParticipantId> followers = new LinkedHashSet<>();
        List<Member> all = members();
        for (Member after : all.subList(all.indexOf(commitPoint) + 1, all.size())) {
            followers.addAll(after.databases());
        }
        gate().map(Gate::order)
                .filter(Hold.class::isInstance)
                .ifPresent(hold -> followers.addAll(((Hold) hold).followers()));
        return List.copyOf(followers);
    }

    /** {@return why one phase will not do, or empty if it will} */
    public synchronized Optional<String> obstacleToOnePhase() {
        if (isRollbackOnly) {
            return Optional.of("its work failed");
        }
        return members.size() == 1 && gate == null ? Optional.empty() : Optional.of("there are others");
    }

    /** Makes sure that nothing has failed meanwhile. */
    synchronized void requireSound() throws ProtocolException {
        requireNotDoomed(id);
    }

    /** {@return who keeps the decision; empty as long as nobody has voted yes} */
    synchronized Optional<Keeper> keeper() {
        return Optional.ofNullable(keeper);
    }

    /** COMMIT PREPARED of the commit point is about to be sent; from now on it may be carried out, however late. */
    public synchronized void decideToCommit() {
        isDecidedToCommit = true;
    }

    /** {@return whether {@link #decideToCommit} was called} */
    public synchronized boolean isDecidedToCommit() {
        return isDecidedToCommit;
    }

    /** {@return whether somebody may have decided to commit, so that who wants to roll back must ask} */
    synchronized boolean mayBeDecided() {
        return isDecidedToCommit || (gate != null && gate.isBound());
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

    /**
     * Tells whether the log should have why a look at the decision has failed: looks are repeated, a few times a second.
     *
     * @param reason why the latest look has failed; empty if it has not
     * @return whether the look before it did not fail so
     */
    synchronized boolean isNews(String reason) {
        boolean isNews = !Objects.equals(trouble, reason);
        trouble = reason;
        return isNews;
    }

    /** {@return whether every member is committed for sure, so that nobody will ask for the decision any more} */
    synchronized boolean isSeenThrough() {
        return members.stream().allMatch(Member::isCommitted);
    }

    /**
     * Tells whether a decision row, had there been one, must still be there: others forget it only after the retention. Who follows on a
     * superior's word was not told how long that is.
     *
     * @return whether less than half of the retention with which the row was written has passed since before that
     */
    public synchronized boolean mayConcludeFromMissingRow() {
        return preparing != null
                && keeper != null
                && preparing.isLessAgoThan(keeper.kept().dividedBy(2));
    }

    /** A member is over, or the gate. */
    void memberOver() {
        synchronized (this) {
            if (isOver || (gate != null && !gate.isOver()) || !members.stream().allMatch(Member::isOver)) {
                return;
            }
            isOver = true;
        }
        register.over(this);
    }
}
