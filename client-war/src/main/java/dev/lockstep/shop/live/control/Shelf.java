package dev.lockstep.shop.live.control;

import dev.lockstep.product.boundary.StockItem;
import java.util.List;

/**
 * What is known of the products, however many there are.
 *
 * @param first the first {@value #FIRST_MAX} by id
 * @param hasMore whether there are more
 * @param others those of the last orders that are not among the first, by id
 */
record Shelf(List<StockItem> first, boolean hasMore, List<StockItem> others) {

    static final int FIRST_MAX = 200;
}
