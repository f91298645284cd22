package dev.lockstep.participant.transaction;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.flow.DecisionSource;
import dev.lockstep.participant.flow.Measures;
import dev.lockstep.participant.flow.Subordinate;
import dev.lockstep.participant.observe.Transactions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** The transactions that this process coordinates: those that live, the databases they reach, the coordinator's name. Thread-safe. */
public final class LocalTransactions {

    private static final Logger LOG = System.getLogger(LocalTransactions.class.getName());

    private final Map<ParticipantId, ParticipantDatabase> databases = new ConcurrentHashMap<>();
    private final Map<GlobalId, GlobalTransaction> living = new ConcurrentHashMap<>();
    private final CoordinatorName name = new CoordinatorName();
    private final LooseEnds looseEnds = new LooseEnds();
    private final Map<GlobalId, GlobalTransaction> following = new ConcurrentHashMap<>();
    private final Lives register = new Lives();
    private final SecondPhase secondPhase = new SecondPhase(this);
    private volatile DecisionSource elsewhere = DecisionSource.NONE;
    private volatile Measures measures = Measures.NONE;

    /**
     * Makes a database known. Of several pools that lead there the last one's settings count.
     *
     * @param database a participant
     * @throws SQLException if another server is known by the same identity, or cannot be asked
     */
    public synchronized void register(ParticipantDatabase database) throws SQLException {
        ParticipantDatabase known = databases.get(database.id());
        if (known != null) {
            database.requireOneServerWith(known);
        }
        databases.put(database.id(), database);
    }

    /** {@return all databases known} */
    public Collection<ParticipantDatabase> databases() {
        return List.copyOf(databases.values());
    }

    /**
     * Finds a database.
     *
     * @param id as a branch or a decision row names it
     * @return it, or empty if no pool of this process leads there
     */
    public Optional<ParticipantDatabase> database(ParticipantId id) {
        return Optional.ofNullable(databases.get(id));
    }

    /** {@return the name of this process's coordinator, and the locks on it} */
    public CoordinatorName name() {
        return name;
    }

    /** {@return what ended transactions left to do} */
    public LooseEnds looseEnds() {
        return looseEnds;
    }

    /**
     * Adds a branch to its transaction, which begins with the first.
     *
     * @param database where the branch works
     * @param xid as the transaction manager named it
     * @param work what will be done in it
     * @return the branch
     * @throws ProtocolException XAER_RMERR if the coordinator's name is not ours to use, XAER_INVAL if the id is not from Payara's
     *     transaction manager, XAER_PROTO if the transaction is being prepared
     */
    public Branch enlist(ParticipantDatabase database, Xid xid, Branch.Work work) throws ProtocolException {
        GlobalId id = globalId(xid);
        requireOwn(database, id, xid);
        name.require(database, id.coordinator());
        return living(id).enlist(database, xid, work);
    }

    /**
     * Makes a transaction the part of a flow.
     *
     * @param xid its gate's branch, as the transaction manager named it
     * @return the part
     * @throws ProtocolException XAER_RMERR if it was imported, or another resource was enlisted before; XAER_INVAL if the id is not from
     *     Payara's transaction manager, or too long
     */
    Gate part(Xid xid) throws ProtocolException {
        GlobalId id = flowing(xid);
        int before = id.enlistedBefore(xid);
        if (before != 0) {
            throw refused("a gate cannot stand before the transaction " + id + ": "
                    + (before < 0 ? imported(id) : "another resource was touched first"));
        }
        GlobalTransaction transaction = new GlobalTransaction(id, Transactions.subjects(), register);
        Gate gate = new Gate(transaction, secondPhase);
        transaction.enter(gate);
        if (living.putIfAbsent(id, transaction) != null) {
            throw refused("the transaction " + id + " has a gate, or has begun without one");
        }
        return gate;
    }

    /**
     * Adds a server that was called to the transaction that called it, which begins with its first member.
     *
     * @param xid the branch, as the transaction manager named it
     * @param subordinate the server
     * @return the branch
     * @throws ProtocolException as {@link #enlist(ParticipantDatabase, Xid, Branch.Work)}
     */
    CalledServer enlist(Xid xid, Subordinate subordinate) throws ProtocolException {
        GlobalId id = flowing(xid);
        requireOwn(subordinate, id, xid);
        return living(id).enlist(subordinate, secondPhase);
    }

    private GlobalId flowing(Xid xid) throws ProtocolException {
        GlobalId id = globalId(xid);
        int length = xid.getGlobalTransactionId().length;
        if (length > Xid.MAXGTRIDSIZE) {
            throw new ProtocolException(
                    XAException.XAER_INVAL,
                    "the global transaction id " + id + " has " + length + " bytes; a transaction that flows can have "
                            + Xid.MAXGTRIDSIZE + ", so its server's name must be shorter (xa-servername)",
                    null);
        }
        name.require(id.coordinator());
        return id;
    }

    private GlobalTransaction living(GlobalId id) {
        return living.computeIfAbsent(id, unseen -> new GlobalTransaction(unseen, Transactions.subjects(), register));
    }

    private void requireOwn(Object joining, GlobalId id, Xid xid) throws ProtocolException {
        int before = id.enlistedBefore(xid);
        String refusal = before < 0
                ? imported(id)
                : before > 0 && !living.containsKey(id)
                        ? "another resource was touched first, which is not one of the participant's: touch the database first, so that"
                                + " it holds the decision"
                        : "";
        if (!refusal.isEmpty()) {
            throw refused(joining + " cannot join the transaction " + id + ": " + refusal);
        }
    }

    private static String imported(GlobalId id) {
        return "it was imported from another server, " + id.coordinator();
    }

    /** Also logged: Payara's transaction manager tells its callers no reason. */
    private static ProtocolException refused(String sentence) {
        LOG.log(Level.ERROR, sentence);
        return new ProtocolException(XAException.XAER_RMERR, sentence, null);
    }

    /**
     * Tells whether a transaction lives here, and is this process's to decide, or its superior's. Ask only after having seen its branch in a
     * database: an id is known before the first PREPARE.
     *
     * @param id a global id
     * @return whether its branches are in the hands of this process's transaction manager
     */
    public boolean isLiving(GlobalId id) {
        return living.containsKey(id);
    }

    /**
     * Tells whether a branch is in the hands of this process's transaction manager. Ask only after having seen it in a database.
     *
     * @param branch a branch
     * @return whether its transaction lives here; a follower's also if one that lives here follows the same decision. A commit point is then
     *     another server's, so it may be settled: else, if its coordinator is dead, a follower here would wait for itself
     */
    public boolean isLiving(BranchId branch) {
        return isLiving(branch.global()) || (branch.role() == Role.FOLLOWER && following.containsKey(branch.global()));
    }

    /** {@return whom to ask about databases that no pool of this process reaches} */
    public DecisionSource elsewhere() {
        return elsewhere;
    }

    void askElsewhere(DecisionSource source) {
        elsewhere = source;
    }

    /** {@return who hears what is waited for and kept} */
    public Measures measures() {
        return measures;
    }

    void measureBy(Measures listener) {
        measures = listener;
    }

    /** A superior needs a decision no more (F10). */
    void forget(ParticipantId commitPoint, GlobalId id, boolean isDone) {
        looseEnds.forget(commitPoint, Optional.ofNullable(living.get(id)), id, isDone);
    }

    private final class Lives implements GlobalTransaction.Register {

        @Override
        public boolean follow(GlobalTransaction transaction, GlobalId decision) {
            GlobalTransaction other = following.putIfAbsent(decision, transaction);
            return other == null || other == transaction;
        }

        /** The loose ends first: who finds the transaction gone finds them. */
        @Override
        public void over(GlobalTransaction transaction) {
            looseEnds.add(transaction);
            living.remove(transaction.id());
            transaction.keeper().ifPresent(keeper -> following.remove(keeper.decision(), transaction));
        }
    }

    /** Also logged, as above. */
    private static GlobalId globalId(Xid xid) throws ProtocolException {
        try {
            return GlobalId.of(xid);
        } catch (IllegalArgumentException e) {
            LOG.log(Level.ERROR, "A branch is refused: " + e.getMessage());
            throw new ProtocolException(XAException.XAER_INVAL, "cannot start a branch", e);
        }
    }
}
