package dev.lockstep.product.boundary;

import dev.lockstep.product.control.ProductDatabase;
import dev.lockstep.product.entity.Product;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;

/**
 * The product service: stock, in its own database ({@code jdbc/product}).
 *
 * <p>{@code REQUIRED} is WCF's {@code TransactionScopeRequired}: a call joins the caller's transaction and starts one
 * where there is none.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class ProductService {

    private final EntityManager products;

    public ProductService() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param products the product unit's entity manager
     */
    @Inject
    public ProductService(@ProductDatabase EntityManager products) {
        this.products = products;
    }

    /**
     * Takes pieces from stock, never below zero: WCF's {@code DecreaseNum}.
     *
     * @param productId the product
     * @param quantity pieces to take, 1 or more
     * @throws OutOfStockException if there are fewer pieces; nothing is taken
     * @throws UnknownProductException if there is no such product
     * @throws IllegalArgumentException if {@code quantity} is less than 1
     */
    public void decreaseNum(int productId, int quantity) {
        if (quantity < 1) {
            throw new IllegalArgumentException(
                    "Cannot take " + quantity + " pieces of product " + productId + ": the least is 1");
        }
        int updated = products.createNamedQuery(Product.TAKE)
                .setParameter("productId", productId)
                .setParameter("quantity", quantity)
                .executeUpdate();
        if (updated == 0) {
            throw refusal(productId, quantity);
        }
    }

    /**
     * Sums up all products.
     *
     * @return the sums
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public StockTotals totals() {
        int undecided = ((Number) products.createNamedQuery(Product.UNDECIDED).getSingleResult()).intValue();
        Object[] sums = (Object[]) products.createNamedQuery(Product.TOTALS).getSingleResult();
        return new StockTotals(count(sums[0]), count(sums[1]), count(sums[2]), undecided);
    }

    private static long count(Object sum) {
        return ((Number) sum).longValue();
    }

    private RuntimeException refusal(int productId, int quantity) {
        Product product = products.find(Product.class, productId);
        return product == null
                ? new UnknownProductException(productId)
                : new OutOfStockException(productId, quantity, product.productNums());
    }
}
