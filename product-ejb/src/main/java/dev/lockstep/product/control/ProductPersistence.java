package dev.lockstep.product.control;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import javax.sql.DataSource;

/** Exposes the product unit's entity manager to constructors, which {@code @PersistenceContext} cannot annotate, and plain SQL. */
@ApplicationScoped
public class ProductPersistence {

    @Produces
    @ProductDatabase
    @PersistenceContext(unitName = "product")
    EntityManager entityManager;

    @Resource(lookup = "jdbc/product")
    DataSource database;

    @Produces
    @ProductDatabase
    ProductSql sql() {
        return new ProductSql(database);
    }
}
