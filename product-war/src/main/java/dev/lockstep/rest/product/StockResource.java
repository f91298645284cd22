package dev.lockstep.rest.product;

import dev.lockstep.product.boundary.Catalogue;
import dev.lockstep.product.boundary.ProductService;
import dev.lockstep.product.boundary.StockItem;
import dev.lockstep.product.boundary.StockTotals;
import dev.lockstep.product.boundary.UnknownProductException;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.InvalidField;
import dev.lockstep.web.ProblemException;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.Path;
import java.util.List;

/** Answers by the product service, which joins the caller's transaction or begins one, and knows nothing of HTTP. */
@Path("/stock")
@RequestScoped
public class StockResource implements Stock {

    private static final int LIST_MAX = 500;

    @EJB // not @Inject: through CDI's proxy of an EJB each call throws and catches an exception in Payara 6.2025.10
    ProductService products;

    @EJB
    Catalogue catalogue;

    @Override
    public void decrease(int product, int n) {
        if (n < 1) {
            throw new ProblemException(HttpProblems.invalidRequest(
                    List.of(new InvalidField("n", "must be a whole number between 1 and " + Integer.MAX_VALUE))));
        }
        products.decreaseNum(product, n);
    }

    @Override
    public List<StockItem> list(List<Integer> ids, String search, Integer after, int limit) {
        if (limit < 1 || limit > LIST_MAX || ids.size() > LIST_MAX) {
            throw new ProblemException(HttpProblems.invalidRequest(List.of(
                    new InvalidField("limit", "must be between 1 and " + LIST_MAX + ", and so many ids at most"))));
        }
        if (!ids.isEmpty()) {
            return catalogue.these(ids);
        }
        int first = after == null ? Integer.MIN_VALUE : after;
        return search.isBlank() ? catalogue.page(first, limit) : catalogue.found(search, first, limit);
    }

    @Override
    public StockTotals totals() {
        return products.totals();
    }

    @Override
    public StockItem item(int product) {
        return catalogue.these(List.of(product)).stream()
                .findFirst()
                .orElseThrow(() -> new UnknownProductException(product));
    }
}
