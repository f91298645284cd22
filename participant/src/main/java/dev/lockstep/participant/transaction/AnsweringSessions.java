package dev.lockstep.participant.transaction;

import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.Session;
import dev.lockstep.participant.database.SqlFailure;
import dev.lockstep.participant.flow.Measures;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Sessions to one database that answer peers: at most four, so that many peers cannot use up its connections. Thread-safe. */
final class AnsweringSessions implements AutoCloseable {

    private static final Logger LOG = System.getLogger(AnsweringSessions.class.getName());

    private static final int LIMIT = 4;

    private final ParticipantDatabase database;
    private final Supplier<Measures> measures;
    private final Semaphore free = new Semaphore(LIMIT, true);
    private final Queue<Session> idle = new ConcurrentLinkedQueue<>();
    private volatile boolean isClosed;

    AnsweringSessions(ParticipantDatabase database, Supplier<Measures> measures) {
        this.database = database;
        this.measures = measures;
    }

    /** A question to the database. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Session session) throws SQLException;
    }

    /**
     * Asks. A session that broke while nobody used it counts for nothing.
     *
     * @throws SQLException if there is no answer, or no session is free within the pool's answer timeout
     */
    <T> T ask(Question<T> question) throws SQLException {
        take();
        try {
            Session idling = idle.poll();
            if (idling == null) {
                return answer(question, database.open());
            }
            try {
                return answer(question, idling);
            } catch (SQLException e) {
                if (!SqlFailure.isConnectionLost(e)) {
                    throw e;
                }
                closeIdle();
                return answer(question, database.open());
            }
        } finally {
            free.release();
            if (isClosed) {
                closeIdle();
            }
        }
    }

    private <T> T answer(Question<T> question, Session session) throws SQLException {
        T answer;
        try {
            answer = question.ask(session);
        } catch (SQLException | RuntimeException e) {
            close(session);
            throw e;
        }
        idle.add(session);
        return answer;
    }

    private void take() throws SQLException {
        long asked = System.nanoTime();
        try {
            if (!isClosed && free.tryAcquire(database.limits().answer().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            measures.get().waitedForSession(database.id(), Duration.ofNanos(System.nanoTime() - asked));
        }
        throw new SQLException(
                isClosed
                        ? "the participant has ended"
                        : "all " + LIMIT + " sessions to " + database + " that answer peers are in use");
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
        isClosed = true;
        closeIdle();
    }

    private void closeIdle() {
        for (Session session = idle.poll(); session != null; session = idle.poll()) {
            close(session);
        }
    }
}
