package dev.lockstep.participant.transaction;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.flow.DecisionSource;
import dev.lockstep.participant.flow.DecisionState;
import dev.lockstep.participant.flow.Flows;
import dev.lockstep.participant.flow.KnownDatabase;
import dev.lockstep.participant.flow.Measures;
import dev.lockstep.participant.flow.Part;
import dev.lockstep.participant.flow.Subordinate;
import dev.lockstep.participant.flow.SubordinateBranch;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** The flows of one process. Peers' questions have sessions of their own, a few for each database. Thread-safe. */
public final class LocalFlows implements Flows, AutoCloseable {

    private final LocalTransactions local;
    private final Map<ParticipantDatabase, AnsweringSessions> answering = new ConcurrentHashMap<>();

    /**
     * For one process.
     *
     * @param local its transactions
     */
    public LocalFlows(LocalTransactions local) {
        this.local = local;
    }

    @Override
    public Part part(Xid gate) throws XAException {
        return local.part(gate);
    }

    @Override
    public SubordinateBranch enlist(Xid xid, Subordinate subordinate) throws XAException {
        return local.enlist(xid, subordinate);
    }

    @Override
    public Set<KnownDatabase> databases() {
        return local.databases().stream()
                .map(database -> new KnownDatabase(database.id(), database.started()))
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<Map<GlobalId, DecisionState>> decisions(ParticipantId commitPoint, Collection<GlobalId> ids)
            throws SQLException {
        return ask(commitPoint, session -> Inquiry.decisions(session, ids));
    }

    @Override
    public Optional<Set<GlobalId>> prepared(ParticipantId database, Collection<GlobalId> ids) throws SQLException {
        return ask(database, session -> {
            Set<GlobalId> prepared = new HashSet<>(ids);
            prepared.retainAll(Inquiry.prepared(session));
            return prepared;
        });
    }

    private <T> Optional<T> ask(ParticipantId id, AnsweringSessions.Question<T> question) throws SQLException {
        Optional<ParticipantDatabase> database = local.database(id);
        return database.isEmpty()
                ? Optional.empty()
                : Optional.of(answering
                        .computeIfAbsent(database.get(), reached -> new AnsweringSessions(reached, local::measures))
                        .ask(question));
    }

    @Override
    public void forget(ParticipantId commitPoint, Collection<GlobalId> ids, boolean areDone) {
        ids.forEach(id -> local.forget(commitPoint, id, areDone));
    }

    @Override
    public void askElsewhere(DecisionSource source) {
        local.askElsewhere(source);
    }

    @Override
    public void measureBy(Measures measures) {
        local.measureBy(measures);
    }

    /** Closes the sessions that nobody uses just now; those in use are closed with their answer. */
    @Override
    public void close() {
        answering.values().forEach(AnsweringSessions::close);
    }
}
