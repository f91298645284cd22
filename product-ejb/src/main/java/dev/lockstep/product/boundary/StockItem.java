package dev.lockstep.product.boundary;

import java.util.Objects;

/**
 * What a shopper sees of a product.
 *
 * @param productId the product's id
 * @param productName its name, not null
 * @param productNums pieces in stock, 0 or more
 */
public record StockItem(int productId, String productName, int productNums) {

    /** Validates. */
    public StockItem {
        Objects.requireNonNull(productName, "productName");
        if (productNums < 0) {
            throw new IllegalArgumentException("productNums of product " + productId + " is " + productNums);
        }
    }
}
