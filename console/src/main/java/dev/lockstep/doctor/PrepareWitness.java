package dev.lockstep.doctor;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/** A resource without data of its own that looks, when it is asked to prepare, whether a database has prepared. */
class PrepareWitness extends Onlooker {

    /** pgjdbc names a branch {@code formatId_globalId_branchQualifier}, the last two in Base64 (its class RecoveredXid). */
    private static final String SEEN =
            "SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database() AND starts_with(gid, ?)";

    private static final long LOOK_SECONDS = 5;

    private final ParticipantDatabase database;
    private final ExecutorService otherThread;
    private boolean prepared;

    /**
     * A witness for one transaction.
     *
     * @param database where to look
     * @param otherThread looks outside of the transaction, which is bound to the calling thread
     */
    PrepareWitness(ParticipantDatabase database, ExecutorService otherThread) {
        this.database = database;
        this.otherThread = otherThread;
    }

    /** {@return whether the database's branch was prepared when this one was asked to prepare} */
    boolean sawPrepared() {
        return prepared;
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        try {
            prepared = otherThread.submit(() -> isPrepared(xid)).get(LOOK_SECONDS, TimeUnit.SECONDS);
            return XA_OK;
        } catch (ExecutionException | TimeoutException e) {
            throw cannotLook(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cannotLook(e);
        }
    }

    private boolean isPrepared(Xid xid) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement look = connection.prepareStatement(SEEN)) {
            look.setString(
                    1, xid.getFormatId() + "_" + Base64.getEncoder().encodeToString(xid.getGlobalTransactionId()));
            try (ResultSet row = look.executeQuery()) {
                row.next();
                return row.getInt(1) > 0;
            }
        }
    }

    private static XAException cannotLook(Exception cause) {
        XAException exception = new XAException(XAException.XA_RBROLLBACK);
        exception.initCause(cause);
        return exception;
    }
}
