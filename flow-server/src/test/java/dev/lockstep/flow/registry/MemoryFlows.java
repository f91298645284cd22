package dev.lockstep.flow.registry;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.DecisionSource;
import dev.lockstep.participant.flow.DecisionState;
import dev.lockstep.participant.flow.Flows;
import dev.lockstep.participant.flow.KnownDatabase;
import dev.lockstep.participant.flow.Measures;
import dev.lockstep.participant.flow.Part;
import dev.lockstep.participant.flow.Subordinate;
import dev.lockstep.participant.flow.SubordinateBranch;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** The participant in memory: one database, whose branches are prepared and committed by the same rules. */
final class MemoryFlows implements Flows {

    private final Optional<MemoryDatabase> database;
    private final Map<GlobalId, MemoryTransaction> transactions = new ConcurrentHashMap<>();
    private final List<String> forgotten = new CopyOnWriteArrayList<>();
    private volatile Runnable whenAsked = () -> {};
    private volatile boolean isKilled;
    private volatile String started = "1";
    private volatile DecisionSource elsewhere = DecisionSource.NONE;
    private volatile Measures measures = Measures.NONE;

    MemoryFlows(Optional<MemoryDatabase> database) {
        this.database = database;
    }

    private MemoryTransaction transaction(Xid xid) {
        return transactions.computeIfAbsent(GlobalId.of(xid), id -> new MemoryTransaction(id, this));
    }

    /** A branch in the database. */
    XAResource writing(String work) {
        return new OwnBranch(work);
    }

    /** A branch that writes nothing. */
    XAResource reading() {
        return new OwnBranch("");
    }

    private final class OwnBranch extends PlainResource {

        private final String work;
        private MemoryTransaction transaction;
        private MemoryTransaction.Own branch;

        OwnBranch(String work) {
            this.work = work;
        }

        @Override
        public void start(Xid xid, int flags) {
            transaction = transaction(xid);
            branch = transaction.own(database.orElseThrow(), work);
        }

        @Override
        public int prepare(Xid xid) throws XAException {
            return transaction.vote(branch);
        }

        @Override
        public void commit(Xid xid, boolean onePhase) throws XAException {
            if (onePhase) {
                transaction.vote(branch);
            }
            transaction.commit(branch);
        }

        @Override
        public void rollback(Xid xid) throws XAException {
            transaction.rollback(branch);
        }
    }

    /** Nothing reaches the database any more. */
    void kill() {
        isKilled = true;
    }

    boolean isKilled() {
        return isKilled;
    }

    void whenAsked(Runnable task) {
        whenAsked = task;
    }

    void restarted(String when) {
        started = when;
    }

    List<String> forgotten() {
        return forgotten;
    }

    @Override
    public Part part(Xid gate) {
        MemoryTransaction begun = transaction(gate);
        begun.isPart();
        return begun;
    }

    @Override
    public SubordinateBranch enlist(Xid xid, Subordinate subordinate) {
        return transaction(xid).called(subordinate);
    }

    @Override
    public Set<KnownDatabase> databases() {
        Set<KnownDatabase> known = new HashSet<>();
        database.ifPresent(one -> known.add(new KnownDatabase(one.id(), started)));
        return known;
    }

    Map<GlobalId, DecisionState> ask(ParticipantId commitPoint, GlobalId id) throws SQLException {
        Optional<Map<GlobalId, DecisionState>> own = decisions(commitPoint, List.of(id));
        return own.isPresent() ? own.get() : elsewhere.decisions(commitPoint, List.of(id));
    }

    @Override
    public Optional<Map<GlobalId, DecisionState>> decisions(ParticipantId commitPoint, Collection<GlobalId> ids) {
        whenAsked.run();
        return database.filter(one -> one.id().equals(commitPoint)).map(one -> {
            Map<GlobalId, DecisionState> states = new HashMap<>();
            ids.forEach(id -> states.put(id, one.state(id, MemoryTransaction.commitPoint(id))));
            return states;
        });
    }

    @Override
    public Optional<Set<GlobalId>> prepared(ParticipantId asked, Collection<GlobalId> ids) {
        return database.filter(one -> one.id().equals(asked)).map(one -> {
            Set<GlobalId> found = new HashSet<>(ids);
            found.removeIf(id -> one.prepared().stream().noneMatch(branch -> branch.startsWith(id.text())));
            return found;
        });
    }

    @Override
    public void forget(ParticipantId commitPoint, Collection<GlobalId> ids, boolean areDone) {
        for (GlobalId id : ids) {
            if (areDone) { // else R3 looks, and keeps what it cannot see
                database.ifPresent(one -> one.forget(id));
            }
            forgotten.add(id + " " + areDone); // last: who sees it looks at the rows
        }
    }

    @Override
    public void askElsewhere(DecisionSource source) {
        elsewhere = source;
    }

    @Override
    public void measureBy(Measures listener) {
        measures = listener;
    }

    /** {@return who hears what is waited for and kept} */
    Measures measures() {
        return measures;
    }

    List<MemoryTransaction> living() {
        return new ArrayList<>(transactions.values());
    }
}
