package dev.lockstep.participant.transaction;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.database.ParticipantDatabase;
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
        return living.computeIfAbsent(id, unseen -> new GlobalTransaction(unseen, Transactions.subjects(), this::over))
                .enlist(database, xid, work);
    }

    /** Also logged: Payara's transaction manager tells its callers no reason. */
    private void requireOwn(ParticipantDatabase database, GlobalId id, Xid xid) throws ProtocolException {
        int before = id.enlistedBefore(xid);
        String refusal = before < 0
                ? "it was imported from another server, " + id.coordinator()
                : before > 0 && !living.containsKey(id)
                        ? "another resource was touched first, which is not one of the participant's: touch the database first, so that"
                                + " it holds the decision"
                        : "";
        if (!refusal.isEmpty()) {
            String sentence = database + " cannot join the transaction " + id + ": " + refusal;
            LOG.log(Level.ERROR, sentence);
            throw new ProtocolException(XAException.XAER_RMERR, sentence, null);
        }
    }

    /**
     * Tells whether a transaction lives here. Ask only after having seen its branch in a database: an id is known before the first
     * PREPARE.
     *
     * @param id a global id
     * @return whether its branches are in the hands of this process's transaction manager
     */
    public boolean isLiving(GlobalId id) {
        return living.containsKey(id);
    }

    /** The loose ends first: who finds the transaction gone finds them. */
    private void over(GlobalTransaction transaction) {
        looseEnds.add(transaction);
        living.remove(transaction.id());
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
