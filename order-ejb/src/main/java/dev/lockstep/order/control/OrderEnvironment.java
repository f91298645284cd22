package dev.lockstep.order.control;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import javax.sql.DataSource;

/**
 * Exposes what the order service needs from outside to constructors: its unit's entity manager (which
 * {@code @PersistenceContext} cannot annotate there), plain SQL, the transaction it is called in, and its clock.
 */
@ApplicationScoped
public class OrderEnvironment {

    @Produces
    @OrdersDatabase
    @PersistenceContext(unitName = "orders")
    EntityManager entityManager;

    @Produces
    @OrdersDatabase
    @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
    TransactionSynchronizationRegistry transaction;

    @Resource(lookup = "jdbc/orders")
    DataSource database;

    @Produces
    @OrdersDatabase
    OrdersSql sql() {
        return new OrdersSql(database);
    }

    @Produces
    @OrdersDatabase
    Clock clock = Clock.systemUTC();
}
