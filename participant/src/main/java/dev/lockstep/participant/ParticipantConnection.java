package dev.lockstep.participant;

import dev.lockstep.participant.database.BranchSession;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.transaction.LocalTransactions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.ds.PGPooledConnection;

/**
 * A pooled connection and its {@link ParticipantResource}. pgjdbc hands out the handles; while the connection works for a branch they
 * refuse to end its transaction.
 */
final class ParticipantConnection extends PGPooledConnection implements XAConnection {

    private static final Set<String> NOT_IN_A_BRANCH = Set.of("commit", "rollback", "setSavepoint");

    /** Allowed with false, which is how it is in a branch anyway. */
    private static final Set<String> NOT_TRUE_IN_A_BRANCH = Set.of("setAutoCommit", "setReadOnly");

    /** What gives the application something to say SQL by. */
    private static final Set<String> SPEAKING =
            Set.of("createStatement", "prepareStatement", "prepareCall", "getCopyAPI", "unwrap");

    private final BranchSession session;
    private final Duration answerLimit;
    private final ParticipantResource resource;
    private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
    private Connection handle;
    private boolean isUsed;

    ParticipantConnection(BaseConnection physical, LocalTransactions local, ParticipantDatabase database)
            throws SQLException {
        super(physical, true, true);
        this.answerLimit = database.limits().answer();
        this.session = new BranchSession(physical, database);
        this.resource = new ParticipantResource(session, local, database, this::broken);
        super.addConnectionEventListener(new BrokenStatements());
    }

    /** pgjdbc's handles tell of statements that failed for good. */
    private final class BrokenStatements implements ConnectionEventListener {
        @Override
        public void connectionClosed(ConnectionEvent event) {
            // The pool closes handles all the time.
        }

        @Override
        public void connectionErrorOccurred(ConnectionEvent event) {
            session.broken();
        }
    }

    @Override
    public XAResource getXAResource() {
        return resource;
    }

    /**
     * Hands out a handle and closes an earlier one (JDBC 4.3, section 11.4). In the midst of a branch the earlier one is given again, since
     * pgjdbc would roll the branch back with it.
     */
    @Override
    public Connection getConnection() throws SQLException {
        if (resource.isWorking() && handle != null && !handle.isClosed()) {
            return handle;
        }
        isUsed = false;
        handle = guarded(super.getConnection());
        return handle;
    }

    private Connection guarded(Connection unguarded) {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class, PGConnection.class},
                (proxy, method, arguments) -> {
                    if (resource.isWorking() && endsTheBranch(method, arguments)) {
                        throw new SQLException(
                                method.getName() + " is not allowed while the connection works for " + resource
                                        + ": the transaction manager ends it",
                                "55000");
                    }
                    if (SPEAKING.contains(method.getName())) {
                        if (resource.isPrepared()) {
                            throw new SQLException(
                                    method.getName() + " is not allowed while the connection waits for the end of "
                                            + resource + ": what it does would be committed by itself",
                                    "55000");
                        }
                        if (resource.isWorking()) {
                            session.beware(text(arguments));
                        }
                    }
                    return switch (method.getName()) {
                        case "equals" -> proxy == arguments[0];
                        case "isValid" -> isValid(unguarded, (int) arguments[0]);
                        case "close" -> close(unguarded);
                        case "createStatement", "prepareStatement" -> {
                            isUsed = true;
                            yield invoke(unguarded, method, arguments);
                        }
                        default -> invoke(unguarded, method, arguments);
                    };
                });
    }

    /** {@return the SQL that a statement is prepared for, or empty if it may get any} */
    private static Optional<String> text(Object[] arguments) {
        return Optional.ofNullable(arguments).map(all -> all[0] instanceof String sql ? sql : null);
    }

    /** The statements of a handle have had their answers, or pgjdbc has told of the failure. One without statements proves nothing. */
    private Object close(Connection unguarded) throws SQLException {
        if (isUsed && !unguarded.isClosed() && !resource.isWorking()) {
            session.answered();
        }
        unguarded.close();
        return null;
    }

    private static boolean endsTheBranch(Method method, Object[] arguments) {
        return NOT_IN_A_BRANCH.contains(method.getName())
                || (NOT_TRUE_IN_A_BRANCH.contains(method.getName()) && (boolean) arguments[0]);
    }

    private static Object invoke(Connection unguarded, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(unguarded, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** What pools ask before each use: no round trip for a connection that has just done its work. Payara asks for no limit, so ours counts. */
    private boolean isValid(Connection unguarded, int seconds) throws SQLException {
        int limit = seconds == 0 ? Math.toIntExact(answerLimit.plusMillis(999).toSeconds()) : seconds;
        return session.hasJustAnswered() || (!session.isBroken() && unguarded.isValid(limit));
    }

    /** Closes the physical connection. A branch that is not prepared goes with it. */
    @Override
    public void close() throws SQLException {
        try {
            super.close();
        } finally {
            resource.closed();
        }
    }

    @Override
    public void addConnectionEventListener(ConnectionEventListener listener) {
        super.addConnectionEventListener(listener);
        listeners.add(listener);
    }

    @Override
    public void removeConnectionEventListener(ConnectionEventListener listener) {
        super.removeConnectionEventListener(listener);
        listeners.remove(listener);
    }

    /** Tells the pool of a connection that broke in an XA call, which pgjdbc does not (its issue 4445). */
    private void broken(SQLException reason) {
        ConnectionEvent event = createConnectionEvent(reason);
        listeners.forEach(listener -> listener.connectionErrorOccurred(event));
    }
}
