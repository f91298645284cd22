package dev.lockstep.testing;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import javax.sql.XAConnection;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

/**
 * A transaction as a container makes it for one database: all who ask for a connection get this session's, and closing that ends nothing.
 * It is rolled back when it is closed, unless it was committed. For one thread at a time.
 */
public final class LocalTransaction implements AutoCloseable {

    private final Xid id = new Id(UUID.randomUUID());
    private final XAConnection session;
    private final XAResource branch;
    private final PlainSql sql;
    private boolean isEnded;
    private boolean isPrepared;
    private boolean isCommitted;

    LocalTransaction(int port) {
        try {
            PGXADataSource server = new PGXADataSource();
            server.setPortNumbers(new int[] {port});
            server.setUser("postgres");
            session = server.getXAConnection();
            branch = session.getXAResource();
            branch.start(id, XAResource.TMNOFLAGS);
        } catch (SQLException | XAException e) {
            throw new IllegalStateException(e);
        }
        sql = new PlainSql(new OneSession(session));
    }

    /** {@return this transaction's connection, whoever asks} */
    public DataSource dataSource() {
        return sql.dataSource();
    }

    /** {@return what a test says within this transaction} */
    public PlainSql sql() {
        return sql;
    }

    /** From now on the planner takes parallel workers wherever it may. */
    public void likesParallelWorkers() {
        sql.execute(
                "SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0; SET LOCAL min_parallel_table_scan_size = 0;"
                        + " SET LOCAL max_parallel_workers_per_gather = 2");
    }

    /** Prepares, as the first phase of a commit does; until it is committed or closed the outcome is open. */
    public void prepare() {
        try {
            endWork();
            branch.prepare(id);
            isPrepared = true;
        } catch (XAException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Commits. */
    public void commit() {
        try {
            endWork();
            branch.commit(id, !isPrepared);
            isCommitted = true;
        } catch (XAException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            endWork();
            if (!isCommitted) {
                branch.rollback(id);
            }
            session.close();
        } catch (XAException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void endWork() throws XAException {
        if (!isEnded) {
            branch.end(id, XAResource.TMSUCCESS);
            isEnded = true;
        }
    }

    /** It is a driver's datasource for the methods that nobody calls. */
    private static final class OneSession extends PGSimpleDataSource {

        private final transient XAConnection session;

        OneSession(XAConnection session) {
            this.session = session;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return session.getConnection();
        }
    }

    private record Id(UUID transaction) implements Xid {

        @Override
        public int getFormatId() {
            return 1;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return transaction.toString().getBytes(StandardCharsets.US_ASCII);
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }
}
