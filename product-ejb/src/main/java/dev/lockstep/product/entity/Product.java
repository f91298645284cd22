package dev.lockstep.product.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedNativeQuery;
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
@NamedNativeQuery(name = Product.TOTALS, query = """
                SELECT p.initial, p.stock, t.taken
                FROM (SELECT coalesce(sum(product_initial), 0) AS initial, coalesce(sum(product_nums), 0) AS stock
                      FROM product) AS p,
                     (SELECT coalesce(sum(taken), 0) AS taken FROM ticket_stock) AS t
                WHERE set_config('max_parallel_workers_per_gather', '0', true) = '0'
                """)
@NamedNativeQuery(
        name = Product.UNDECIDED,
        query = "SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()")
public class Product {

    /** Takes {@code :quantity} pieces of {@code :productId}; updates no row when there are fewer. */
    public static final String TAKE = "Product.take";

    /**
     * The pieces that ever came, those in stock, and those taken for tickets, of all products, in one snapshot. No parallel worker helps, so
     * that it takes as long as it costs: a query that changes a setting may have none, whatever the setting.
     */
    public static final String TOTALS = "Product.totals";

    /** How many transactions are prepared in this database. */
    public static final String UNDECIDED = "Product.undecided";

    @Id
    @Column(name = "product_id")
    private int productId;

    @Column(name = "product_name")
    private String productName;

    @Column(name = "product_nums")
    private int productNums;

    /** Pieces that ever came, sold ones included; the database fills it in and orders never change it. */
    @Column(name = "product_initial", insertable = false, updatable = false)
    private int productInitial;

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

    /** {@return the pieces that ever came, in stock or sold} */
    public int productInitial() {
        return productInitial;
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
