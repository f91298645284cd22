package dev.lockstep.shop.remote;

import dev.lockstep.product.boundary.OutOfStockException;
import dev.lockstep.product.boundary.StockItem;
import dev.lockstep.product.boundary.StockTotals;
import dev.lockstep.product.boundary.UnknownProductException;
import dev.lockstep.shop.remote.Refusal.RefusedException;
import dev.lockstep.shop.services.Products;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.Collection;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The product service of another server. */
@ApplicationScoped
public class RemoteProducts implements Products {

    private static final String SERVICE = "product";

    private final StockClient stock;

    protected RemoteProducts() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param stock calls it
     */
    @Inject
    public RemoteProducts(@RestClient StockClient stock) {
        this.stock = stock;
    }

    @Override
    public void decreaseNum(int productId, int quantity) {
        try {
            Refusal.orAnswer(SERVICE, () -> {
                stock.decrease(productId, quantity);
                return null;
            });
        } catch (RefusedException e) {
            JsonObject problem = e.refusal().problem();
            if (e.refusal().is("out-of-stock")) {
                throw new OutOfStockException(productId, quantity, problem.getInt("available", 0));
            }
            if (e.refusal().is("unknown-product")) {
                throw new UnknownProductException(productId);
            }
            throw Refusal.away(SERVICE, e);
        }
    }

    @Override
    public StockTotals totals() {
        JsonObject sums = Refusal.never(SERVICE, stock::totals);
        return new StockTotals(
                sums.getJsonNumber("initial").longValue(),
                sums.getJsonNumber("stock").longValue(),
                sums.getJsonNumber("takenForTickets").longValue(),
                sums.getInt("undecided"));
    }

    @Override
    public List<StockItem> page(int after, int limit) {
        return items(Refusal.never(SERVICE, () -> stock.page(null, after, limit)));
    }

    @Override
    public List<StockItem> found(String search, int after, int limit) {
        return items(Refusal.never(SERVICE, () -> stock.page(search, after, limit)));
    }

    @Override
    public List<StockItem> these(Collection<Integer> ids) {
        return ids.isEmpty() ? List.of() : items(Refusal.never(SERVICE, () -> stock.these(List.copyOf(ids))));
    }

    private static List<StockItem> items(JsonArray products) {
        return products.getValuesAs(JsonObject.class).stream()
                .map(product -> new StockItem(
                        product.getInt("productId"),
                        product.getString("productName"),
                        product.getInt("productNums"),
                        product.getInt("productInitial")))
                .toList();
    }
}
