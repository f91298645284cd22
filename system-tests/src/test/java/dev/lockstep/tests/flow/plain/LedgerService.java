package dev.lockstep.tests.flow.plain;

import dev.lockstep.flow.TransactionScope;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;

/** An EJB whose transactions are the container's, and which opens scopes nevertheless. */
@Stateless
public class LedgerService {

    /** Joins, and writes in a transaction of its own, too. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public void writeTwice(String joined, String own) {
        new Ledger().write(joined);
        try (TransactionScope scope = TransactionScope.requiresNew()) {
            new Ledger().write(own);
            scope.complete();
        }
    }

    /** Writes beside the caller's transaction, which the container lets wait. */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public void writeBeside(String line) {
        try (TransactionScope scope = TransactionScope.required()) {
            new Ledger().write(line);
            scope.complete();
        }
    }

    /** Says what is wrong: here nobody may begin a transaction. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void begin() {
        TransactionScope.required().close();
    }
}
