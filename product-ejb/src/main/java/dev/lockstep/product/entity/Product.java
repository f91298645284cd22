package dev.lockstep.product.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;

/**
 * A product and the number of pieces in stock.
 *
 * <p>Stock changes only through {@link #TAKE}, one conditional update whose row lock is the concurrency control; a
 * {@code @Version} column would refuse buyers who merely met, so there is none.
 */
@Entity
@Table(name = "product")
@NamedQuery(name = Product.TAKE, query = """
                UPDATE Product p SET p.productNums = p.productNums - :quantity
                WHERE p.productId = :productId AND p.productNums >= :quantity
                """)
@NamedQuery(name = Product.ALL, query = "SELECT p FROM Product p ORDER BY p.productId")
public class Product {

    /** Takes {@code :quantity} pieces of {@code :productId}; updates no row when there are fewer. */
    public static final String TAKE = "Product.take";

    /** All products by ascending id. */
    public static final String ALL = "Product.all";

    @Id
    @Column(name = "product_id")
    private int productId;

    @Column(name = "product_name")
    private String productName;

    @Column(name = "product_nums")
    private int productNums;

    /** For the persistence provider. */
    protected Product() {}

    /** {@return the business key} */
    public int productId() {
        return productId;
    }

    /** {@return the name shown to shoppers, never null} */
    public String productName() {
        return productName;
    }

    /** {@return the pieces in stock, 0 or more} */
    public int productNums() {
        return productNums;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Product that && productId == that.productId;
    }

    @Override
    public int hashCode() {
        return Integer.hashCode(productId);
    }
}
