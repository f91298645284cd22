package dev.lockstep.shop.services;

import dev.lockstep.product.boundary.StockItem;
import dev.lockstep.product.boundary.StockTotals;
import java.util.Collection;
import java.util.List;

/**
 * The product service. A service that does not answer throws {@link jakarta.ejb.EJBException}, wherever it is; its refusals are its own exceptions.
 */
public interface Products {

    /**
     * Takes pieces from stock, in the calling thread's transaction.
     *
     * @param productId the product
     * @param quantity pieces to take, 1 or more
     * @throws dev.lockstep.product.boundary.OutOfStockException if there are fewer pieces
     * @throws dev.lockstep.product.boundary.UnknownProductException if there is no such product
     */
    void decreaseNum(int productId, int quantity);

    /** {@return the sums over all products} */
    StockTotals totals();

    /**
     * Lists products.
     *
     * @param after only those with a greater id; {@link Integer#MIN_VALUE} for the first page
     * @param limit how many at most, 1 or more
     * @return products by ascending id
     */
    List<StockItem> page(int after, int limit);

    /**
     * Searches, which takes time in proportion to the number of products.
     *
     * @param search words, each of which is in the product's name, or the product's id
     * @param after only those with a greater id
     * @param limit how many at most, 1 or more
     * @return products by ascending id
     */
    List<StockItem> found(String search, int after, int limit);

    /**
     * Looks up products.
     *
     * @param ids their ids
     * @return those that there are, by ascending id
     */
    List<StockItem> these(Collection<Integer> ids);
}
