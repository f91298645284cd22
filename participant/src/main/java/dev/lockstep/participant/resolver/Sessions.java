package dev.lockstep.participant.resolver;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.Session;
import dev.lockstep.participant.flow.DecisionSource;
import dev.lockstep.participant.flow.DecisionState;
import dev.lockstep.participant.transaction.Inquiry;
import dev.lockstep.participant.transaction.LocalTransactions;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Connections beside the pools, one to each database, and peers, for databases to which no pool leads. One that is away is tried again after
 * a pause that grows from ½ to 2 s. For one thread.
 */
final class Sessions implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Sessions.class.getName());

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    /** So many decisions a message to a peer holds. */
    private static final int BATCH = 100;

    private final LocalTransactions local;
    private final Level toldAt;
    private final Map<ParticipantId, Session> open = new HashMap<>();
    private final Map<ParticipantId, Absence> absences = new HashMap<>();

    private record Absence(SQLException reason, long since, Duration pause, long nanoTime) {
        boolean isOver() {
            return System.nanoTime() - nanoTime >= pause.toNanos();
        }
    }

    /**
     * No connections yet.
     *
     * @param local knows the databases, and the peers
     * @param toldAt how loudly an absence is logged
     */
    Sessions(LocalTransactions local, Level toldAt) {
        this.local = local;
        this.toldAt = toldAt;
    }

    /** A question to a database. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Session session) throws SQLException;
    }

    /**
     * Asks a database.
     *
     * @param database which
     * @param question what
     * @return its answer
     * @throws SQLException if it does not answer now, or was away a moment ago
     */
    <T> T ask(ParticipantDatabase database, Question<T> question) throws SQLException {
        return watch(database.id(), () -> {
            Session session = open.get(database.id());
            if (session == null) {
                session = database.open();
                open.put(database.id(), session);
            }
            return question.ask(session);
        });
    }

    /**
     * Asks R2's question, through a pool or at a peer.
     *
     * @param commitPoint the database
     * @param decisions which
     * @return the state of each
     * @throws SQLException if nobody answers now, or nobody did a moment ago
     */
    Map<GlobalId, DecisionState> decisions(ParticipantId commitPoint, Collection<GlobalId> decisions)
            throws SQLException {
        Optional<ParticipantDatabase> here = local.database(commitPoint);
        if (here.isPresent()) {
            return ask(here.get(), session -> Inquiry.decisions(session, decisions));
        }
        DecisionSource peers = peers(commitPoint);
        Map<GlobalId, DecisionState> states = new HashMap<>();
        for (List<GlobalId> batch : batches(decisions)) {
            states.putAll(watch(commitPoint, () -> peers.decisions(commitPoint, batch)));
        }
        return states;
    }

    /**
     * Asks R3's question, through a pool or at a peer.
     *
     * @param database the follower's
     * @param decisions which
     * @return those of which something is prepared there, and perhaps others
     * @throws SQLException if nobody answers now, or nobody did a moment ago
     */
    Set<GlobalId> prepared(ParticipantId database, Collection<GlobalId> decisions) throws SQLException {
        Optional<ParticipantDatabase> here = local.database(database);
        if (here.isPresent()) {
            return ask(here.get(), Inquiry::prepared);
        }
        DecisionSource peers = peers(database);
        Set<GlobalId> prepared = new HashSet<>();
        for (List<GlobalId> batch : batches(decisions)) {
            prepared.addAll(watch(database, () -> peers.prepared(database, batch)));
        }
        return prepared;
    }

    /** Without any, no absence is told: the database is away for good. */
    private DecisionSource peers(ParticipantId database) throws SQLException {
        DecisionSource peers = local.elsewhere();
        if (peers == DecisionSource.NONE) {
            throw new SQLException("no pool of this server leads to " + database + ", and it has no peers");
        }
        return peers;
    }

    private static List<List<GlobalId>> batches(Collection<GlobalId> decisions) {
        List<GlobalId> all = List.copyOf(decisions);
        List<List<GlobalId>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.add(all.subList(from, Math.min(all.size(), from + BATCH)));
        }
        return batches;
    }

    /** What may get no answer. */
    @FunctionalInterface
    private interface Call<T> {
        T get() throws SQLException;
    }

    private <T> T watch(ParticipantId database, Call<T> call) throws SQLException {
        Absence absence = absences.get(database);
        if (absence != null && !absence.isOver()) {
            throw new SQLException(
                    database.name() + " is away: " + absence.reason().getMessage(), absence.reason());
        }
        try {
            T answer = call.get();
            if (absences.remove(database) != null) {
                LOG.log(
                        Level.INFO,
                        "{0} answers again, after {1} ms",
                        database.name(),
                        Duration.ofNanos(System.nanoTime() - absence.since()).toMillis());
            }
            return answer;
        } catch (SQLException e) {
            away(database, absence, e);
            throw e;
        }
    }

    private void away(ParticipantId database, Absence before, SQLException reason) {
        Session broken = open.remove(database);
        if (broken != null) {
            close(broken);
        }
        long now = System.nanoTime();
        if (before == null) {
            LOG.log(toldAt, database.name() + " does not answer, and is tried again: " + reason.getMessage());
            absences.put(database, new Absence(reason, now, FIRST_PAUSE, now));
            return;
        }
        Duration doubled = before.pause().multipliedBy(2);
        Duration pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        absences.put(database, new Absence(reason, before.since(), pause, now));
    }

    private static void close(Session session) {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "A broken connection could not be closed", e);
        }
    }

    @Override
    public void close() {
        open.values().forEach(Sessions::close);
        open.clear();
    }
}
