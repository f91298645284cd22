package dev.lockstep.tests;

import dev.lockstep.product.boundary.ProductService;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;

/** A service method for each of WCF's {@code TransactionFlow} options, around the real product service. */
@Stateless
public class TransactionFlowProbe {

    @Inject
    ProductService products;

    /** {@code TransactionFlow(Allowed)} with {@code TransactionScopeRequired}. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public void allowed(int productId) {
        products.decreaseNum(productId, 1);
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

    /** {@code TransactionFlow(Allowed)} without a scope of its own: fails after the work, with a rollback exception. */
    @TransactionAttribute(TransactionAttributeType.REQUIRED)
    public void failsAfterWork(int productId) {
        products.decreaseNum(productId, 1);
        throw new IllegalStateException("after the work");
    }
}
