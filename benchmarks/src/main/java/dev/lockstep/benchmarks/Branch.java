package dev.lockstep.benchmarks;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.postgresql.xa.PGXADataSource;

/** A bare loop's connection to one of the databases, with pgjdbc's own XA and statements that are prepared once. For one thread at a time. */
final class Branch implements AutoCloseable {

    private final XAConnection connection;
    private final XAResource resource;
    private final Connection statements;

    Branch(PGXADataSource database) throws SQLException {
        connection = database.getXAConnection();
        resource = connection.getXAResource();
        statements = connection.getConnection();
    }

    /** Prepares a statement, for as long as the connection lives. */
    PreparedStatement statement(String sql) throws SQLException {
        return statements.prepareStatement(sql);
    }

    java.sql.Array array(String type, Object... elements) throws SQLException {
        return statements.createArrayOf(type, elements);
    }

    /** The name of a branch: two of a transaction need not differ, since they are in two servers. */
    static Xid xid(UUID transaction) {
        return new Name(transaction);
    }

    void start(Xid xid) throws XAException {
        resource.start(xid, XAResource.TMNOFLAGS);
    }

    void end(Xid xid) throws XAException {
        resource.end(xid, XAResource.TMSUCCESS);
    }

    void prepare(Xid xid) throws XAException {
        resource.prepare(xid);
    }

    void commit(Xid xid) throws XAException {
        resource.commit(xid, false);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** A transaction's name, of a format that no server of the comparison takes for its own. */
    private record Name(UUID transaction) implements Xid {

        private static final int FORMAT = 0x424152; // "BAR"

        @Override
        public int getFormatId() {
            return FORMAT;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(transaction.getMostSignificantBits())
                    .putLong(transaction.getLeastSignificantBits())
                    .array();
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }
}
