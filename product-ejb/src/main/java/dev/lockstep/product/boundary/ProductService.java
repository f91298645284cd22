package dev.lockstep.product.boundary;

import dev.lockstep.product.boundary.Taking.Answer;
import dev.lockstep.product.control.ProductDatabase;
import dev.lockstep.product.control.ProductSql;
import dev.lockstep.product.control.Stock;
import dev.lockstep.product.entity.Product;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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
    private final ProductSql sql;

    public ProductService() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param products the product unit's entity manager
     * @param sql the same database, for what JPA has no words for
     */
    @Inject
    public ProductService(@ProductDatabase EntityManager products, @ProductDatabase ProductSql sql) {
        this.products = products;
        this.sql = sql;
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
     * Takes pieces for several customers together, each as {@link #decreaseNum} does: first come, first served for each product. Who wants more
     * than is left gets nothing, and keeps nobody behind him from what there is. That no product suffices for somebody is no failure here: the others
     * have their pieces.
     *
     * @param takings what they want, in the order in which they came; each product's row stays locked until the transaction ends
     * @return what came of each, in the same order
     * @throws jakarta.ejb.EJBException if the database refuses, or if somebody else has kept a product for a second; then nobody has anything
     */
    public List<Taking.Result> decreaseNums(List<Taking> takings) {
        return sql.run(connection -> {
            Stock stock = new Stock(connection);
            Map<Integer, Long> pieces = takings.stream()
                    .collect(Collectors.groupingBy(Taking::productId, Collectors.summingLong(Taking::quantity)));
            Map<Integer, Integer> before = stock.takeAllOrRead(pieces);
            Map<Integer, Integer> left = new HashMap<>(before);
            List<Taking.Result> results =
                    takings.stream().map(taking -> served(taking, left)).toList();
            Map<Integer, Long> scarce = new HashMap<>();
            before.forEach((productId, there) -> {
                int taken = there - left.get(productId);
                if (there < pieces.get(productId) && taken > 0) {
                    scarce.put(productId, (long) taken);
                }
            });
            if (!scarce.isEmpty()) {
                stock.take(scarce);
            }
            return results;
        });
    }

    private static Taking.Result served(Taking taking, Map<Integer, Integer> left) {
        Integer available = left.get(taking.productId());
        if (available == null) {
            return new Taking.Result(Answer.UNKNOWN_PRODUCT, 0);
        }
        if (available < taking.quantity()) {
            return new Taking.Result(Answer.OUT_OF_STOCK, available);
        }
        left.put(taking.productId(), available - taking.quantity());
        return new Taking.Result(Answer.TAKEN, available);
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
