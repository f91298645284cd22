package dev.lockstep.participant.coordinator;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.database.ParticipantDatabase;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** What this process knows as a coordinator: the databases it reaches, its name, its living transactions. Thread-safe. */
public final class Coordinator {

    private final Map<ParticipantId, ParticipantDatabase> databases = new ConcurrentHashMap<>();
    private final Map<GlobalId, GlobalTransaction> living = new ConcurrentHashMap<>();
    private final CoordinatorName name = new CoordinatorName();
    private final LooseEnds looseEnds = new LooseEnds();

    /**
     * Makes a database known.
     *
     * @param database a participant
     * @return the one that is known by this identity: this, or an earlier pool's
     */
    public ParticipantDatabase register(ParticipantDatabase database) {
        ParticipantDatabase known = databases.putIfAbsent(database.id(), database);
        return known == null ? database : known;
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

    /** {@return this coordinator's name and the locks on it} */
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
     * @return the branch
     * @throws ProtocolException XAER_RMERR if the coordinator's name is not ours to use, XAER_INVAL if the id is not from Payara's
     *     transaction manager, XAER_PROTO if the transaction is being prepared
     */
    public Branch enlist(ParticipantDatabase database, Xid xid) throws ProtocolException {
        GlobalId id = globalId(xid);
        name.require(database, id.coordinator());
        return living.computeIfAbsent(id, unseen -> new GlobalTransaction(unseen, this::over))
                .enlist(database, xid);
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

    private static GlobalId globalId(Xid xid) throws ProtocolException {
        try {
            return GlobalId.of(xid);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException(XAException.XAER_INVAL, "cannot start a branch", e);
        }
    }
}
