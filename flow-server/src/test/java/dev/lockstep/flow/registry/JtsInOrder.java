package dev.lockstep.flow.registry;

import dev.lockstep.participant.branch.GlobalId;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.InvalidTransactionException;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * A transaction manager that drives resources as Payara's JTS does: prepare and commit in the order of enlistment; whoever votes no is not
 * asked again, unless with XAER_RMFAIL; one resource alone is committed in one phase.
 */
final class JtsInOrder implements TransactionManager {

    /** In one phase JTS takes these for "not now", whether rolled back or not (OTSResourceImpl). */
    private static final Set<Integer> ASKED_AGAIN =
            Set.of(XAException.XA_RETRY, XAException.XA_RBTRANSIENT, XAException.XA_RBCOMMFAIL);

    private final String name;
    private final int epoch;
    private volatile String lastEnd = "";
    private final AtomicInteger count = new AtomicInteger();
    private volatile Runnable beforeBegin = () -> {};
    private volatile Runnable beforeRollback = () -> {};

    @SuppressWarnings("ThreadLocalUsage") // each server of a test has its own
    private final ThreadLocal<Tx> current = new ThreadLocal<>();

    JtsInOrder(String node, int epoch) {
        this.name = node + ",server,P100";
        this.epoch = epoch;
    }

    /** What happens while a transaction begins. */
    void beforeBegin(Runnable task) {
        beforeBegin = task;
    }

    /** What happens instead of a rollback, if it throws. */
    void beforeRollback(Runnable task) {
        beforeRollback = task;
    }

    private record Branch(XAResource resource, Xid xid) {}

    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Id(byte[] global, byte[] qualifier) implements Xid {
        @Override
        public int getFormatId() {
            return GlobalId.JTS_FORMAT;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return global.clone();
        }

        @Override
        public byte[] getBranchQualifier() {
            return qualifier.clone();
        }
    }

    private final class Tx implements Transaction {

        private final byte[] id;
        private final List<Branch> branches = new ArrayList<>();
        private final List<Branch> waiting = new ArrayList<>();
        private final List<Synchronization> synchronizations = new ArrayList<>();
        private final List<Synchronization> interposed = new ArrayList<>();
        private int status = Status.STATUS_ACTIVE;

        Tx(int number) {
            byte[] text = name.getBytes(StandardCharsets.US_ASCII);
            id = ByteBuffer.allocate(8 + text.length)
                    .putInt(number)
                    .putInt(epoch)
                    .put(text)
                    .array();
        }

        @Override
        public synchronized boolean enlistResource(XAResource resource) throws RollbackException, SystemException {
            if (status != Status.STATUS_ACTIVE) {
                throw new RollbackException("status " + status);
            }
            byte[] own = (name + ",").getBytes(StandardCharsets.US_ASCII);
            byte[] qualifier = ByteBuffer.allocate(own.length + 1)
                    .put(own)
                    .put((byte) branches.size())
                    .array();
            Branch branch = new Branch(resource, new Id(id, qualifier));
            branches.add(branch);
            waiting.add(branch);
            try {
                resource.start(branch.xid(), XAResource.TMNOFLAGS);
            } catch (XAException e) {
                throw caused(new SystemException("start " + e.errorCode), e);
            }
            return true;
        }

        @Override
        public void commit() throws RollbackException, HeuristicMixedException, SystemException {
            try {
                beforeCompletion();
            } catch (RuntimeException e) {
                status = Status.STATUS_MARKED_ROLLBACK;
            }
            if (status != Status.STATUS_ACTIVE) {
                rollback();
                throw new RollbackException("marked");
            }
            end();
            status = Status.STATUS_PREPARING;
            try {
                if (branches.size() == 1) {
                    commitAlone(branches.get(0));
                } else {
                    prepareAll();
                    commitAll();
                }
            } finally {
                over(status == Status.STATUS_PREPARING ? Status.STATUS_COMMITTED : status);
            }
        }

        /** Those that are registered meanwhile, too: JTS walks over the growing list. */
        private void beforeCompletion() {
            synchronizations.stream().toList().forEach(Synchronization::beforeCompletion);
            for (int i = 0; i < interposed.size(); i++) {
                interposed.get(i).beforeCompletion();
            }
        }

        private void end() throws SystemException {
            for (Branch branch : branches) {
                try {
                    branch.resource().end(branch.xid(), XAResource.TMSUCCESS);
                } catch (XAException e) {
                    throw caused(new SystemException("end"), e);
                }
            }
        }

        private void commitAlone(Branch branch) throws RollbackException, HeuristicMixedException {
            try {
                branch.resource().commit(branch.xid(), true);
            } catch (XAException e) {
                status = Status.STATUS_ROLLEDBACK;
                if (ASKED_AGAIN.contains(e.errorCode)) {
                    throw new IllegalStateException("JTS would commit again for ten minutes, with pauses of one", e);
                }
                if (e.errorCode >= XAException.XA_RBBASE && e.errorCode <= XAException.XA_RBEND) {
                    throw caused(new RollbackException("one phase " + e.errorCode), e);
                }
                throw caused(new HeuristicMixedException("one phase " + e.errorCode), e);
            }
        }

        private void prepareAll() throws RollbackException, SystemException {
            for (Branch branch : branches) {
                try {
                    if (branch.resource().prepare(branch.xid()) == XAResource.XA_RDONLY) {
                        waiting.remove(branch);
                    }
                } catch (XAException e) {
                    if (e.errorCode != XAException.XAER_RMFAIL && e.errorCode != XAException.XAER_RMERR) {
                        waiting.remove(branch);
                    }
                    rollbackWaiting();
                    if (e.errorCode == XAException.XAER_PROTO) { // INTERNAL, in JTS
                        throw caused(new SystemException("INTERNAL"), e);
                    }
                    throw caused(new RollbackException("no: " + e.errorCode + " " + e.getMessage()), e);
                }
            }
        }

        private void commitAll() throws HeuristicMixedException, SystemException {
            XAException failure = null;
            for (Branch branch : waiting) {
                try {
                    branch.resource().commit(branch.xid(), false);
                } catch (XAException e) {
                    failure = e;
                }
            }
            if (failure != null) {
                status = Status.STATUS_UNKNOWN;
                if (failure.errorCode == XAException.XAER_RMFAIL) {
                    throw caused(new SystemException("JTS5031"), failure);
                }
                throw caused(new HeuristicMixedException("code " + failure.errorCode), failure);
            }
        }

        private void rollbackWaiting() {
            status = Status.STATUS_ROLLEDBACK;
            for (Branch branch : waiting) {
                try {
                    branch.resource().rollback(branch.xid());
                } catch (XAException e) {
                    status = Status.STATUS_UNKNOWN;
                }
            }
        }

        @Override
        public void rollback() throws SystemException {
            if (status == Status.STATUS_ACTIVE || status == Status.STATUS_MARKED_ROLLBACK) {
                end();
                rollbackWaiting();
                over(Status.STATUS_ROLLEDBACK);
            }
        }

        private void over(int last) {
            status = last;
            synchronizations.forEach(one -> one.afterCompletion(last));
        }

        @Override
        public boolean delistResource(XAResource resource, int flag) {
            return true;
        }

        @Override
        public int getStatus() {
            return status;
        }

        @Override
        public void registerSynchronization(Synchronization synchronization) throws RollbackException {
            if (status != Status.STATUS_ACTIVE) {
                throw new RollbackException("status " + status);
            }
            synchronizations.add(synchronization);
        }

        @Override
        public void setRollbackOnly() {
            if (status != Status.STATUS_ACTIVE) {
                throw new IllegalStateException("status " + status);
            }
            status = Status.STATUS_MARKED_ROLLBACK;
        }
    }

    /** {@return what registers interposed synchronizations of the thread's transaction, as the container does} */
    TransactionSynchronizationRegistry synchronizations() {
        return (TransactionSynchronizationRegistry) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {TransactionSynchronizationRegistry.class},
                (self, method, arguments) -> {
                    if (!method.getName().equals("registerInterposedSynchronization")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    current.get().interposed.add((Synchronization) arguments[0]);
                    return null;
                });
    }

    /** {@return how the last commit ended} */
    String lastEnd() {
        return lastEnd;
    }

    private static <E extends Exception> E caused(E told, Exception cause) {
        told.initCause(cause);
        return told;
    }

    @Override
    public void begin() throws NotSupportedException {
        if (current.get() != null) {
            throw new NotSupportedException("nested");
        }
        beforeBegin.run();
        current.set(new Tx(count.incrementAndGet()));
    }

    @Override
    public void commit() throws RollbackException, HeuristicMixedException, SystemException {
        Tx tx = current.get();
        lastEnd = "committed";
        try {
            tx.commit();
        } catch (RollbackException | HeuristicMixedException | SystemException e) {
            lastEnd = e.getClass().getSimpleName();
            throw e;
        } finally {
            current.remove();
        }
    }

    @Override
    public void rollback() throws SystemException {
        Tx tx = current.get();
        try {
            beforeRollback.run();
            tx.rollback();
        } finally {
            current.remove();
        }
    }

    @Override
    public int getStatus() {
        return current.get() == null
                ? Status.STATUS_NO_TRANSACTION
                : current.get().getStatus();
    }

    @Override
    public Transaction getTransaction() {
        return current.get();
    }

    @Override
    public void setRollbackOnly() {
        current.get().setRollbackOnly();
    }

    @Override
    public void setTransactionTimeout(int seconds) throws SystemException {
        if (seconds <= 0) {
            throw new SystemException("0 is no limit in Payara");
        }
    }

    @Override
    public Transaction suspend() {
        Tx tx = current.get();
        current.remove();
        return tx;
    }

    @Override
    public void resume(Transaction transaction) throws InvalidTransactionException {
        Tx tx = (Tx) transaction;
        if (current.get() != null) {
            throw new IllegalStateException("the thread has a transaction");
        }
        if (tx.getStatus() != Status.STATUS_ACTIVE && tx.getStatus() != Status.STATUS_MARKED_ROLLBACK) {
            throw new InvalidTransactionException("status " + tx.getStatus());
        }
        current.set(tx);
    }
}
