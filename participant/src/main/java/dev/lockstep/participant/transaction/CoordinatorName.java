package dev.lockstep.participant.transaction;

import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.database.NameLock;
import dev.lockstep.participant.database.ParticipantDatabase;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.transaction.xa.XAException;

/**
 * The name of this process's transaction manager, learned from its first transaction, and the locks that make it unique: one in
 * every database before the first branch there. Thread-safe.
 */
public final class CoordinatorName {

    private static final Logger LOG = System.getLogger(CoordinatorName.class.getName());

    /** So long a refusal stands before the database is asked again; else waiting threads would ask one after the other. */
    private static final Duration REFUSAL_STANDS = Duration.ofSeconds(1);

    private final String incarnation = UUID.randomUUID().toString().substring(0, 8);
    private final Map<ParticipantId, NameLock> locks = new ConcurrentHashMap<>();
    private final Map<ParticipantId, Refusal> refusals = new ConcurrentHashMap<>();
    private volatile String name;
    private volatile boolean isReleased;
    private boolean isLogSeen;

    private record Refusal(SQLException reason, long nanoTime) {}

    void require(ParticipantDatabase database, String coordinator) throws ProtocolException {
        if (coordinator.equals(name) && locks.containsKey(database.id())) {
            return;
        }
        try {
            take(database, coordinator);
        } catch (SQLException e) {
            throw new ProtocolException(XAException.XAER_RMERR, "cannot begin work in " + database, e);
        }
    }

    /**
     * Requires the name where there is no database: of a server in a flow that has not touched one. There it needs to be unique to nobody.
     *
     * @throws ProtocolException XAER_RMERR if it is not ours
     */
    void require(String coordinator) throws ProtocolException {
        if (!coordinator.equals(name) || isReleased) {
            learn(coordinator);
        }
    }

    private synchronized void learn(String coordinator) throws ProtocolException {
        try {
            requireOurs(coordinator);
        } catch (SQLException e) {
            throw new ProtocolException(XAException.XAER_RMERR, "cannot begin work in a flow", e);
        }
        name = coordinator;
    }

    private void requireOurs(String coordinator) throws SQLException {
        if (isReleased) {
            throw new SQLException("the participant has ended with the application that brought it");
        }
        if (name != null && !name.equals(coordinator)) {
            throw new SQLException(
                    "the transaction belongs to the coordinator " + coordinator + ", but this process is " + name
                            + "; a transaction imported from another server cannot be joined");
        }
    }

    private synchronized void take(ParticipantDatabase database, String coordinator) throws SQLException {
        requireOurs(coordinator);
        Refusal refusal = refusals.get(database.id());
        if (refusal != null && System.nanoTime() - refusal.nanoTime() < REFUSAL_STANDS.toNanos()) {
            throw new SQLException(refusal.reason().getMessage(), refusal.reason());
        }
        if (locks.containsKey(database.id())) {
            return;
        }
        try {
            locks.put(database.id(), NameLock.take(database, coordinator, incarnation));
            if (!isLogSeen) {
                isLogSeen = true;
                PayaraLog.warnIfOn();
            }
            name = coordinator;
            refusals.remove(database.id());
            LOG.log(Level.INFO, "The coordinator name " + coordinator + " is held in " + database);
        } catch (SQLException e) {
            refusals.put(database.id(), new Refusal(e, System.nanoTime()));
            throw e;
        }
    }

    /**
     * Tells whether a coordinator is this process.
     *
     * @param coordinator a name from a global id
     * @param database where it must be locked by us
     * @return whether it is our name, and surely nobody else's
     */
    public boolean isOurs(String coordinator, ParticipantDatabase database) {
        return coordinator.equals(name) && locks.containsKey(database.id());
    }

    /**
     * Makes sure that the lock in a database still stands, and takes it again where its connection broke, however often that fails.
     *
     * @param database where
     */
    public void renew(ParticipantDatabase database) {
        NameLock lock = locks.get(database.id());
        boolean wasRefused = lock == null && name != null && refusals.containsKey(database.id());
        if (!wasRefused && (lock == null || lock.isHeld())) {
            return;
        }
        if (lock != null) {
            locks.remove(database.id());
            close(lock);
            LOG.log(
                    Level.WARNING,
                    "The lock on the coordinator name " + name + " in " + database + " is lost; taking it again");
        }
        try {
            take(database, name);
        } catch (SQLException e) {
            LOG.log(
                    wasRefused ? Level.DEBUG : Level.WARNING,
                    "No new branches in " + database + " for now: " + e.getMessage());
        }
    }

    /** Gives all locks back for good, as the end of the process would. */
    public synchronized void release() {
        isReleased = true;
        locks.values().forEach(CoordinatorName::close);
        locks.clear();
    }

    private static void close(NameLock lock) {
        try {
            lock.close();
        } catch (SQLException e) {
            LOG.log(Level.DEBUG, "A lost connection could not be closed", e);
        }
    }
}
