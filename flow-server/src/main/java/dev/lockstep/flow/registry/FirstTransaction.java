package dev.lockstep.flow.registry;

import dev.lockstep.participant.branch.GlobalId;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionManager;
import javax.transaction.xa.Xid;

/**
 * JTS makes its name with its first transaction, and two concurrent first ones may get a broken one (FLOW-DESIGN, section 15, row 12). So
 * one is begun and rolled back before anybody can call. Its id tells the coordinator's name, which peers must know.
 */
final class FirstTransaction extends PlainResource {

    private Xid seen;

    /**
     * Begins and rolls back a transaction.
     *
     * @param manager the server's
     * @param node this node's name in the peers file
     * @throws IllegalStateException if it cannot be begun, or if decisions would bear another name than the node's
     */
    static void begin(TransactionManager manager, String node) {
        FirstTransaction resource = new FirstTransaction();
        try {
            manager.begin();
            try {
                manager.getTransaction().enlistResource(resource);
            } finally {
                manager.rollback();
            }
        } catch (NotSupportedException | RollbackException | SystemException e) {
            throw new IllegalStateException("The flow server cannot begin a transaction", e);
        }
        String coordinator = GlobalId.of(resource.seen).coordinator();
        if (!coordinator.equals(node) && !coordinator.startsWith(node + ",")) {
            throw new IllegalStateException(
                    "This node is '" + node + "' in the peers file, but its transaction manager's name is '"
                            + coordinator
                            + "': set xa-servername (LOCKSTEP_SERVER_NAME) to the node's name, so that peers find the holder of a decision");
        }
    }

    @Override
    public void start(Xid xid, int flags) {
        seen = xid;
    }
}
