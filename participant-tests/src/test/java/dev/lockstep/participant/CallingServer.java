package dev.lockstep.participant;

import dev.lockstep.participant.flow.Outcome;
import java.util.ArrayList;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;

/**
 * A transaction that calls other servers, driven as Payara's JTS does: all are prepared in the order of their enlistment, those that have
 * something to commit are committed in the same order, and after a no those that have not spoken are rolled back.
 */
class CallingServer {

    /** What JTS has enlisted. */
    interface Resource {

        int prepare() throws XAException;

        void commit() throws XAException;

        void rollback() throws XAException;
    }

    final Node node;
    final Xid transaction;
    final List<Resource> resources = new ArrayList<>();
    private final List<Resource> prepared = new ArrayList<>();

    CallingServer(Node node) {
        this.node = node;
        this.transaction = node.begin();
    }

    Work product() throws Exception {
        return enlisted(node.product(transaction));
    }

    Work orders() throws Exception {
        return enlisted(node.orders(transaction));
    }

    Work enlisted(Work work) {
        resources.add(new Resource() {
            @Override
            public int prepare() throws XAException {
                return work.vote();
            }

            @Override
            public void commit() throws XAException {
                work.commit();
            }

            @Override
            public void rollback() throws XAException {
                work.rollback();
            }
        });
        return work;
    }

    /** Its work is done; it takes part from now on. */
    RemoteServer call(CalledServerNode called) throws XAException {
        RemoteServer remote = new RemoteServer(called);
        remote.start(node.flows().enlist(((Node.GivenXid) transaction).branch(), remote));
        resources.add(remote);
        return remote;
    }

    /** Both phases. */
    void commit() throws XAException {
        prepare();
        commitPrepared();
    }

    void prepare() throws XAException {
        for (int i = 0; i < resources.size(); i++) {
            try {
                if (resources.get(i).prepare() == XAResource.XA_OK) {
                    prepared.add(resources.get(i));
                }
            } catch (XAException e) {
                prepared.addAll(resources.subList(i + 1, resources.size()));
                rollback();
                throw e;
            }
        }
    }

    /** The second phase goes on whatever a resource says, and the first failure is told. */
    void commitPrepared() throws XAException {
        inTurn(prepared, Resource::commit);
    }

    void rollback() throws XAException {
        inTurn(prepared, Resource::rollback);
    }

    /** Before anything is prepared. */
    void rollbackWork() throws XAException {
        inTurn(resources, Resource::rollback);
    }

    /** A step of the second phase. */
    @FunctionalInterface
    interface Step {
        void of(Resource resource) throws XAException;
    }

    static void inTurn(List<Resource> resources, Step step) throws XAException {
        XAException first = null;
        for (Resource resource : resources) {
            try {
                step.of(resource);
            } catch (XAException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    static int code(Outcome outcome) {
        return outcome == Outcome.ROLLBACK ? XAException.XA_HEURRB : XAException.XAER_RMFAIL;
    }
}
