package dev.lockstep.shop.product;

import dev.lockstep.product.boundary.StockItem;
import dev.lockstep.shop.order.ServiceJson;
import dev.lockstep.shop.services.Products;
import dev.lockstep.web.ApiServlet;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.ProblemException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;

/** {@code /api/products}: the products with their stock, a page at a time, all of them or those that a search finds. */
@WebServlet("/api/products")
public class ProductsServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    /** So many searches at once: each reads all products, and orders need threads and connections, too. */
    private static final int SEARCHES_MAX = 4;

    private final transient Products products;
    private final transient Semaphore searches = new Semaphore(SEARCHES_MAX);

    /**
     * The constructor the container uses.
     *
     * @param products the product service
     */
    @Inject
    public ProductsServlet(Products products) {
        this.products = products;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return List.of("GET", "HEAD");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        ProductsRequest wanted = ProductsRequest.of(request);
        if (!wanted.ids().isEmpty()) {
            answer(response, 200, ServiceJson.products(products.these(wanted.ids())));
            return;
        }
        int limit = wanted.limit().orElse(ProductsRequest.PRODUCTS_MAX);
        List<StockItem> found = listed(wanted, limit + 1); // one more, to see whether there is one
        List<StockItem> page = found.subList(0, Math.min(limit, found.size()));
        if (page.size() < found.size()) {
            String next = wanted.next(
                    request.getContextPath() + request.getServletPath(),
                    page.get(limit - 1).productId());
            goOn(response, next);
        }
        answer(response, 200, ServiceJson.products(page));
    }

    private List<StockItem> listed(ProductsRequest wanted, int limit) {
        int after = wanted.after().orElse(Integer.MIN_VALUE);
        return wanted.search().isPresent() ? found(wanted.search().get(), after, limit) : products.page(after, limit);
    }

    private List<StockItem> found(String search, int after, int limit) {
        if (!searches.tryAcquire()) {
            throw new ProblemException(HttpProblems.tooManySearches(SEARCHES_MAX));
        }
        try {
            return products.found(search, after, limit);
        } finally {
            searches.release();
        }
    }
}
