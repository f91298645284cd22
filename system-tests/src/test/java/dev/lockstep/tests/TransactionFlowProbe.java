package dev.lockstep.tests;

import dev.lockstep.product.boundary.ProductService;
import jakarta.annotation.Resource;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** A service method for each of WCF's {@code TransactionFlow} options, around the real product service. */
@Stateless
public class TransactionFlowProbe {

    @Inject
    ProductService products;

    @Resource
    TransactionSynchronizationRegistry transaction;

    /** {@code TransactionFlow(Allowed)} with {@code TransactionScopeRequired}. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public void allowed(int productId) {
        products.decreaseNum(productId, 1);
    }

    /** {@code TransactionFlow(Allowed)} without a scope of its own: tells whether the caller's transaction is here. */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public boolean supports() {
        return transaction.getTransactionStatus() == Status.STATUS_ACTIVE;
    }

    /** {@code TransactionFlow(Mandatory)}. */
    @TransactionAttribute(TransactionAttributeType.MANDATORY)
    public void mandatory(int productId) {
        products.decreaseNum(productId, 1);
    }

    /** {@code TransactionFlow(NotAllowed)}. */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public void notAllowed(int productId) {
        products.decreaseNum(productId, 1);
    }

    /** Fails after the work, with an exception that means rollback. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public void failsAfterWork(int productId) {
        products.decreaseNum(productId, 1);
        throw new IllegalStateException("after the work");
    }
}
