package dev.lockstep.participant.resolver;

import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.Session;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Connections beside the pools, one to each database. One that is away is tried again after a pause that grows from ½ to 2 s.
 * For one thread. */
final class Sessions implements AutoCloseable {

    private static final Logger LOG = System.getLogger(Sessions.class.getName());

    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

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
     * @param toldAt how loudly an absence is logged
     */
    Sessions(Level toldAt) {
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
        Absence absence = absences.get(database.id());
        if (absence != null && !absence.isOver()) {
            throw new SQLException(database + " is away: " + absence.reason().getMessage(), absence.reason());
        }
        try {
            Session session = open.get(database.id());
            if (session == null) {
                session = database.open();
                open.put(database.id(), session);
            }
            T answer = question.ask(session);
            if (absences.remove(database.id()) != null) {
                LOG.log(
                        Level.INFO,
                        "{0} answers again, after {1} ms",
                        database,
                        Duration.ofNanos(System.nanoTime() - absence.since()).toMillis());
            }
            return answer;
        } catch (SQLException e) {
            away(database, absence, e);
            throw e;
        }
    }

    private void away(ParticipantDatabase database, Absence before, SQLException reason) {
        Session broken = open.remove(database.id());
        if (broken != null) {
            close(broken);
        }
        long now = System.nanoTime();
        if (before == null) {
            LOG.log(toldAt, database + " does not answer, and is tried again: " + reason.getMessage());
            absences.put(database.id(), new Absence(reason, now, FIRST_PAUSE, now));
            return;
        }
        Duration doubled = before.pause().multipliedBy(2);
        Duration pause = doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
        absences.put(database.id(), new Absence(reason, before.since(), pause, now));
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
