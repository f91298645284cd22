package dev.lockstep.product.boundary;

import java.util.Objects;

/**
 * What a shopper sees of a product.
 *
 * @param productId the product's id
 * @param productName its name, not null
 * @param productNums pieces in stock, 0 or more
 * @param productInitial pieces that ever came, sold ones included
 */
public record StockItem(int productId, String productName, int productNums, int productInitial) {

    /** Validates. */
    public StockItem {
        Objects.requireNonNull(productName, "productName");
        if (productNums < 0) {
            throw new IllegalArgumentException("productNums of product " + productId + " is " + productNums);
        }
    }
}
