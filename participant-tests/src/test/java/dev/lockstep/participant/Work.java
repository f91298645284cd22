package dev.lockstep.participant;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/** A connection and the branch it works for, driven step by step as Payara's JTS does. */
final class Work {

    private final XAConnection connection;
    private final Connection handle;
    private Xid branch;

    Work(XAConnection connection, Xid transaction) throws SQLException, XAException {
        this.connection = connection;
        this.handle = connection.getConnection();
        start(transaction);
    }

    /** Begins another branch on the same connection, as a pool would let it. */
    Work start(Xid transaction) throws XAException {
        branch = ((Node.GivenXid) transaction).branch();
        resource().start(branch, XAResource.TMNOFLAGS);
        return this;
    }

    /** Opens an account, whose owner must be unique at commit. */
    Work open(int id, String owner) throws SQLException {
        return execute("INSERT INTO account VALUES (" + id + ", '" + owner + "')");
    }

    Work execute(String sql) throws SQLException {
        try (Statement statement = handle.createStatement()) {
            statement.execute(sql);
        }
        return this;
    }

    Work end() throws XAException {
        resource().end(branch, XAResource.TMSUCCESS);
        return this;
    }

    /** As a transaction manager ends work that it knows to have failed. */
    Work fail() throws XAException {
        resource().end(branch, XAResource.TMFAIL);
        return this;
    }

    int vote() throws XAException {
        return resource().prepare(branch);
    }

    Work prepare() throws XAException {
        if (vote() != XAResource.XA_OK) {
            throw new IllegalStateException("voted read-only");
        }
        return this;
    }

    /** As {@link #prepare}, but nothing was written. */
    Work voteReadOnly() throws XAException {
        if (vote() != XAResource.XA_RDONLY) {
            throw new IllegalStateException("did not vote read-only");
        }
        return this;
    }

    /** Writes nothing, but must be prepared. */
    Work touch() throws SQLException {
        return execute("SELECT pg_current_xact_id()");
    }

    void commit() throws XAException {
        resource().commit(branch, false);
    }

    void commitOnePhase() throws XAException {
        resource().commit(branch, true);
    }

    void rollback() throws XAException {
        resource().rollback(branch);
    }

    /** The server process behind the connection. */
    int backend() throws SQLException {
        try (Statement statement = handle.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    Connection handle() {
        return handle;
    }

    XAConnection connection() {
        return connection;
    }

    XAResource resource() throws XAException {
        try {
            return connection.getXAResource();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
