package dev.lockstep.benchmarks.spring;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Places an order in both databases, or in neither. */
@Service
public class Placement {

    private static final String TAKE =
            "UPDATE product SET product_nums = product_nums - ? WHERE product_id = ? AND product_nums >= ?";

    private static final String WRITE =
            "INSERT INTO customer_order (order_id, order_name, create_time, product_id, quantity)"
                    + " VALUES (?, ?, ?, ?, ?)";

    private final JdbcClient product;
    private final JdbcClient orders;

    /**
     * The constructor the container uses.
     *
     * @param product the product database
     * @param orders the orders database
     */
    public Placement(JdbcClient product, JdbcClient orders) {
        this.product = product;
        this.orders = orders;
    }

    /**
     * Places it.
     *
     * @param id the order's
     * @param wish what is ordered
     */
    @Transactional
    public void place(UUID id, Wish wish) {
        int taken = product.sql(TAKE)
                .params(wish.quantity(), wish.productId(), wish.quantity())
                .update();
        if (taken == 0) {
            throw new IllegalStateException("Product " + wish.productId() + " is not there, or sold out");
        }
        orders.sql(WRITE)
                .params(id, wish.orderName(), OffsetDateTime.now(ZoneOffset.UTC), wish.productId(), wish.quantity())
                .update();
    }
}
