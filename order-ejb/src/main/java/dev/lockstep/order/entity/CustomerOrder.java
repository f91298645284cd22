package dev.lockstep.order.entity;

import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.NamedNativeQuery;
import jakarta.persistence.NamedQuery;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * An order: written once, never changed, hence without {@code @Version}. ({@code Order} is a reserved word in JPQL.)
 */
@Entity
@Table(name = "customer_order")
@NamedQuery(
        name = CustomerOrder.NEWEST_FIRST,
        query = "SELECT o FROM CustomerOrder o ORDER BY o.createTime DESC, o.orderId")
@NamedQuery(name = CustomerOrder.BEFORE, query = """
                SELECT o FROM CustomerOrder o
                WHERE o.createTime <= :createTime AND (o.createTime < :createTime OR o.orderId > :orderId)
                ORDER BY o.createTime DESC, o.orderId
                """)
@NamedQuery(name = CustomerOrder.NAMED, query = """
                SELECT o FROM CustomerOrder o WHERE LOCATE(LOWER(:name), LOWER(o.orderName)) > 0
                ORDER BY o.createTime DESC, o.orderId
                """)
@NamedNativeQuery(
        name = CustomerOrder.BY_ID,
        query = "SELECT order_id, order_name, create_time, product_id, quantity FROM placed_order WHERE order_id = ?",
        resultClass = CustomerOrder.class)
@NamedNativeQuery(name = CustomerOrder.TOTALS, query = """
                SELECT o.ordered + a.ordered, o.by_ticket + a.by_ticket, t.unended, t.sold_out + a.sold_out
                FROM (SELECT coalesce(sum(quantity), 0) AS ordered,
                             coalesce(sum(quantity) FILTER (WHERE by_ticket), 0) AS by_ticket
                      FROM customer_order) AS o,
                     (SELECT coalesce(sum(quantity) FILTER (WHERE state IN ('WAITING', 'FAILED')), 0) AS unended,
                             coalesce(sum(quantity) FILTER (WHERE state = 'SOLD_OUT'), 0) AS sold_out
                      FROM ticket) AS t,
                     (SELECT coalesce(sum(ordered), 0) AS ordered, coalesce(sum(by_ticket), 0) AS by_ticket,
                             coalesce(sum(sold_out), 0) AS sold_out
                      FROM archive_sum) AS a
                WHERE set_config('max_parallel_workers_per_gather', '0', true) = '0'
                """)
@NamedNativeQuery(
        name = CustomerOrder.UNDECIDED,
        query = "SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()")
@NamedNativeQuery(name = CustomerOrder.WRITERS, query = """
                SELECT count(*) FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database AND d.datname = current_database()
                WHERE l.relation = 'customer_order'::regclass AND l.mode = 'RowExclusiveLock' AND l.granted
                """)
@NamedNativeQuery(name = CustomerOrder.BOUND_LOCK_WAIT, query = "SET LOCAL lock_timeout = '100ms'")
@NamedNativeQuery(name = CustomerOrder.PROBE, query = """
                INSERT INTO customer_order (order_id, order_name, create_time, product_id, quantity)
                VALUES (?, 'probe', now(), 0, 1) ON CONFLICT (order_id) DO NOTHING
                """)
public class CustomerOrder {

    /** All orders that are not archived, newest first. */
    public static final String NEWEST_FIRST = "CustomerOrder.newestFirst";

    /** The orders that come after the one of {@code :createTime} and {@code :orderId} in that list; its index finds them. */
    public static final String BEFORE = "CustomerOrder.before";

    /** The orders whose name contains {@code :name}, in any case, newest first. No index knows them: it may read all orders. */
    public static final String NAMED = "CustomerOrder.named";

    /** The order of key {@code ?1}, archived or not, in one snapshot: it is in one of the two tables at any moment. */
    public static final String BY_ID = "CustomerOrder.byId";

    /**
     * The pieces of all orders, of those by ticket, of unended tickets, and of those that are sold out, archived ones included, in one
     * snapshot. No parallel worker helps, so that it takes as long as it costs: a query that changes a setting may have none, whatever the setting.
     */
    public static final String TOTALS = "CustomerOrder.totals";

    /** How many transactions are prepared in this database. */
    public static final String UNDECIDED = "CustomerOrder.undecided";

    /** How many transactions, prepared ones included, have written orders, or tried to, and their outcome is not known to all yet. */
    public static final String WRITERS = "CustomerOrder.writers";

    /** Lets statements of this transaction wait 100 ms for a lock. */
    public static final String BOUND_LOCK_WAIT = "CustomerOrder.boundLockWait";

    /**
     * Inserts a row of key {@code ?1} unless there is one; waits while a transaction that wrote one is undecided. The database refuses the key
     * of an archived order, as one that is taken.
     */
    public static final String PROBE = "CustomerOrder.probe";

    @Id
    @Column(name = "order_id")
    private UUID orderId;

    @Column(name = "order_name")
    private String orderName;

    @Column(name = "create_time")
    @Convert(converter = InstantConverter.class)
    private Instant createTime;

    @Column(name = "product_id")
    private int productId;

    @Column(name = "quantity")
    private int quantity;

    /** For the persistence provider. */
    protected CustomerOrder() {}

    /**
     * Writes down what was ordered; the limits are checked where orders enter the module and by the database.
     *
     * @param orderId the business key, not null
     * @param orderName the customer's name for the order, not null
     * @param createTime when it was placed, whole microseconds, not null
     * @param productId the product ordered
     * @param quantity pieces ordered
     */
    public CustomerOrder(UUID orderId, String orderName, Instant createTime, int productId, int quantity) {
        this.orderId = Objects.requireNonNull(orderId, "orderId");
        this.orderName = Objects.requireNonNull(orderName, "orderName");
        this.createTime = Objects.requireNonNull(createTime, "createTime");
        this.productId = productId;
        this.quantity = quantity;
    }

    /** {@return the business key} */
    public UUID orderId() {
        return orderId;
    }

    /** {@return the customer's name for the order} */
    public String orderName() {
        return orderName;
    }

    /** {@return when it was placed} */
    public Instant createTime() {
        return createTime;
    }

    /** {@return the product ordered} */
    public int productId() {
        return productId;
    }

    /** {@return the pieces ordered} */
    public int quantity() {
        return quantity;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CustomerOrder that && orderId.equals(that.orderId);
    }

    @Override
    public int hashCode() {
        return orderId.hashCode();
    }
}
