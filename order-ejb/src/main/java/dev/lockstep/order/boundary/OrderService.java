package dev.lockstep.order.boundary;

import dev.lockstep.order.control.OrdersDatabase;
import dev.lockstep.order.control.OrdersSql;
import dev.lockstep.order.control.SqlState;
import dev.lockstep.order.entity.CustomerOrder;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The order service: orders, in their own database ({@code jdbc/orders}).
 *
 * <p>{@code REQUIRED} is WCF's {@code TransactionScopeRequired}: a call joins the caller's transaction and starts one
 * where there is none.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.REQUIRED)
public class OrderService {

    private final EntityManager orders;
    private final OrdersSql sql;
    private final Clock clock;
    private final TransactionSynchronizationRegistry transaction;

    public OrderService() {
        this(null, null, null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param orders the orders unit's entity manager
     * @param sql the same database, for what JPA has no words for
     * @param clock tells when an order is placed
     * @param transaction the transaction of the calling thread
     */
    @Inject
    public OrderService(
            @OrdersDatabase EntityManager orders,
            @OrdersDatabase OrdersSql sql,
            @OrdersDatabase Clock clock,
            @OrdersDatabase TransactionSynchronizationRegistry transaction) {
        this.orders = orders;
        this.sql = sql;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * Writes an order: WCF's {@code AddOrder}. The row is in the database, though not committed, when this returns. The id of an archived
     * order is as taken as any other.
     *
     * @param order what is ordered, not null
     * @return the order as written
     * @throws DuplicateOrderException if an order with this id is written already
     */
    public PlacedOrder addOrder(NewOrder order) {
        Instant createTime = clock.instant().truncatedTo(ChronoUnit.MICROS);
        CustomerOrder written =
                new CustomerOrder(order.orderId(), order.orderName(), createTime, order.productId(), order.quantity());
        try {
            orders.persist(written);
            orders.flush();
        } catch (PersistenceException e) {
            if (SqlState.UNIQUE_VIOLATION.isReasonOf(e)) {
                throw new DuplicateOrderException(order.orderId(), e);
            }
            throw e;
        }
        return placed(written);
    }

    /**
     * Writes several orders together, each as {@link #addOrder} does, at the same moment.
     *
     * @param wanted what is ordered, at most {@value NewOrder#TOGETHER_MAX}
     * @return each order as written, in the same order; empty for one whose id is taken, also by another one before it in the list
     * @throws jakarta.ejb.EJBException if the database refuses one, or if somebody else has kept an id for a second; then none is written
     * @throws IllegalArgumentException if there are too many
     */
    public List<Optional<PlacedOrder>> addOrders(List<NewOrder> wanted) {
        if (wanted.size() > NewOrder.TOGETHER_MAX) {
            throw new IllegalArgumentException(
                    "Cannot write " + wanted.size() + " orders together: the limit is " + NewOrder.TOGETHER_MAX);
        }
        Instant createTime = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return sql.run(connection -> {
            Set<UUID> written = new OrderTable(connection).write(wanted, createTime);
            List<Optional<PlacedOrder>> placed = new ArrayList<>();
            for (NewOrder order : wanted) {
                // Each id was written once, so the first to take it has it.
                placed.add(
                        written.remove(order.orderId())
                                ? Optional.of(new PlacedOrder(
                                        order.orderId(),
                                        order.orderName(),
                                        createTime,
                                        order.productId(),
                                        order.quantity()))
                                : Optional.empty());
            }
            return placed;
        });
    }

    /**
     * Finds committed orders, archived or not, all at the same moment.
     *
     * @param orderIds their ids, not null
     * @return those that are committed, in no order; {@link #isUndecided} tells whether another may yet be
     */
    @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
    public List<PlacedOrder> orders(Collection<UUID> orderIds) {
        return sql.run(connection -> new OrderTable(connection).written(orderIds));
    }

    /**
     * Finds a committed order, archived or not.
     *
     * @param orderId its id, not null
     * @return the order, or empty if none is committed; {@link #isUndecided} tells whether one may yet be
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public Optional<PlacedOrder> order(UUID orderId) {
        return orders.createNamedQuery(CustomerOrder.BY_ID, CustomerOrder.class)
                .setParameter(1, orderId)
                .getResultStream()
                .findFirst()
                .map(OrderService::placed);
    }

    /**
     * Tells whether an undecided transaction holds an order with this id, wherever it came from and even if its
     * coordinator is dead. No plain read can see such a row, but the primary key's index knows it: an insert of the same
     * key waits for the decision. So one is tried, and rolled back; but only if an order is being written at all, which costs
     * no write to ask.
     *
     * @param orderId its id, not null
     * @return whether the order may yet be committed; if not, a read made after this call tells the truth about all that
     *     was written before it
     */
    @TransactionAttribute(TransactionAttributeType.REQUIRES_NEW)
    public boolean isUndecided(UUID orderId) {
        try {
            if (count(orders.createNamedQuery(CustomerOrder.WRITERS).getSingleResult()) == 0) {
                return false;
            }
            orders.createNamedQuery(CustomerOrder.BOUND_LOCK_WAIT).executeUpdate();
            orders.createNamedQuery(CustomerOrder.PROBE)
                    .setParameter(1, orderId)
                    .executeUpdate();
            return false;
        } catch (PersistenceException e) {
            if (SqlState.LOCK_NOT_AVAILABLE.isReasonOf(e)) {
                return true;
            }
            if (SqlState.UNIQUE_VIOLATION.isReasonOf(e)) {
                return false; // archived meanwhile
            }
            throw e;
        } finally {
            transaction.setRollbackOnly();
        }
    }

    /**
     * Lists the orders placed last. Archived ones are in no list.
     *
     * @param limit how many at most, 1 or more
     * @return committed orders, newest first
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<PlacedOrder> newestOrders(int limit) {
        return listed(orders.createNamedQuery(CustomerOrder.NEWEST_FIRST, CustomerOrder.class), limit);
    }

    /**
     * Lists the orders placed before another one.
     *
     * @param later a committed order, not null
     * @param limit how many at most, 1 or more
     * @return committed orders, newest first, as {@link #newestOrders} lists them after {@code later}
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<PlacedOrder> ordersBefore(PlacedOrder later, int limit) {
        return listed(
                orders.createNamedQuery(CustomerOrder.BEFORE, CustomerOrder.class)
                        .setParameter("createTime", later.createTime())
                        .setParameter("orderId", later.orderId()),
                limit);
    }

    /**
     * Lists the orders of a name; may take time in proportion to the number of all orders.
     *
     * @param name what their names contain, in any case; not null
     * @param limit how many at most, 1 or more
     * @return committed orders, newest first
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public List<PlacedOrder> ordersNamed(String name, int limit) {
        return listed(
                orders.createNamedQuery(CustomerOrder.NAMED, CustomerOrder.class)
                        .setParameter("name", name),
                limit);
    }

    private static List<PlacedOrder> listed(TypedQuery<CustomerOrder> query, int limit) {
        return query.setMaxResults(limit)
                .getResultStream()
                .map(OrderService::placed)
                .toList();
    }

    /**
     * Sums up all committed orders and tickets; takes time in proportion to the number of those that are not archived.
     *
     * @return the sums
     */
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public OrderTotals totals() {
        int undecided =
                ((Number) orders.createNamedQuery(CustomerOrder.UNDECIDED).getSingleResult()).intValue();
        Object[] sums = (Object[]) orders.createNamedQuery(CustomerOrder.TOTALS).getSingleResult();
        return new OrderTotals(count(sums[0]), count(sums[1]), count(sums[2]), count(sums[3]), undecided);
    }

    private static long count(Object sum) {
        return ((Number) sum).longValue();
    }

    private static PlacedOrder placed(CustomerOrder order) {
        return new PlacedOrder(
                order.orderId(), order.orderName(), order.createTime(), order.productId(), order.quantity());
    }
}
