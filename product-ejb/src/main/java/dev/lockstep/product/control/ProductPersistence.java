package dev.lockstep.product.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** Exposes the product unit's entity manager to constructors, which {@code @PersistenceContext} cannot annotate. */
@ApplicationScoped
public class ProductPersistence {

    @Produces
    @ProductDatabase
    @PersistenceContext(unitName = "product")
    EntityManager entityManager;
}
