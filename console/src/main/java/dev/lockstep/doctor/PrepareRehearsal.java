package dev.lockstep.doctor;

import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Proves that a pool is XA by rehearsing: a transaction with the database and a witness. When the witness is asked to
 * prepare, the database's branch must be prepared already, and the witness looks. No configuration of the server is
 * read, so it holds for every way the pool can be made; it knows only how pgjdbc names a branch.
 */
@ApplicationScoped
class PrepareRehearsal {

    @Resource(lookup = "java:appserver/TransactionManager")
    TransactionManager transactionManager;

    @Resource
    UserTransaction transaction;

    @Resource
    ManagedExecutorService executor;

    /**
     * Rehearses.
     *
     * @param database the database, which must have answered before
     * @return what is wrong, or empty if its branch was seen prepared
     * @throws SQLException if it does not answer any more
     */
    Optional<Finding> of(ParticipantDatabase database) throws SQLException {
        PrepareWitness witness = new PrepareWitness(database, executor);
        try {
            transaction.begin();
            Optional<Finding> refusal = enlistBoth(database, witness);
            if (refusal.isPresent()) {
                return refusal;
            }
            transaction.commit();
        } catch (NotSupportedException
                | SystemException
                | RollbackException
                | HeuristicMixedException
                | HeuristicRollbackException
                | RuntimeException e) {
            return Optional.of(
                    Finding.error(database.jndiName() + " failed the rehearsal of a two-phase commit: " + e));
        }
        return witness.sawPrepared()
                ? Optional.empty()
                : Optional.of(notXa(database, "its branch was not prepared before the commit"));
    }

    /** Rolls back unless both take part. */
    private Optional<Finding> enlistBoth(ParticipantDatabase database, PrepareWitness witness)
            throws SQLException, SystemException {
        boolean isComplete = false;
        try {
            touch(database);
            transactionManager.getTransaction().enlistResource(witness);
            isComplete = true;
            return Optional.empty();
        } catch (RollbackException | IllegalStateException e) {
            return Optional.of(notXa(database, "nothing can join its transaction: " + e.getMessage()));
        } finally {
            if (!isComplete) {
                transaction.rollback();
            }
        }
    }

    /** Has no effect, but a branch without a transaction id would vote read-only. */
    private static void touch(ParticipantDatabase database) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_current_xact_id()");
        }
    }

    private static Finding notXa(ParticipantDatabase database, String evidence) {
        return Finding.error(
                database.jndiName() + " is not an XA pool (" + evidence
                        + "); create it with --restype=javax.sql.XADataSource and an XADataSource class, as lockstep.asadmin does");
    }
}
