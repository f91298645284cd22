package dev.lockstep.shop.services.local;

import dev.lockstep.product.boundary.Catalogue;
import dev.lockstep.product.boundary.ProductService;
import dev.lockstep.product.boundary.StockItem;
import dev.lockstep.product.boundary.StockTotals;
import dev.lockstep.shop.services.Products;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;

/** The product service of this server. */
@ApplicationScoped
public class LocalProducts implements Products {

    @EJB // not @Inject: through CDI's proxy of an EJB each call throws and catches an exception in Payara 6.2025.10
    ProductService products;

    @EJB
    Catalogue catalogue;

    @Override
    public void decreaseNum(int productId, int quantity) {
        products.decreaseNum(productId, quantity);
    }

    @Override
    public StockTotals totals() {
        return products.totals();
    }

    @Override
    public List<StockItem> page(int after, int limit) {
        return catalogue.page(after, limit);
    }

    @Override
    public List<StockItem> found(String search, int after, int limit) {
        return catalogue.found(search, after, limit);
    }

    @Override
    public List<StockItem> these(Collection<Integer> ids) {
        return catalogue.these(ids);
    }
}
