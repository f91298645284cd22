package dev.lockstep.rest.product;

import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.flow.TransactionFlowOption;
import dev.lockstep.product.boundary.StockItem;
import dev.lockstep.product.boundary.StockTotals;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The product service over HTTP. */
@Path("/stock")
@Produces(MediaType.APPLICATION_JSON)
public interface Stock {

    /**
     * Takes pieces from stock, in the caller's transaction if it bears one. Refusals: 404 {@code unknown-product}, 409 {@code out-of-stock}.
     *
     * @param product the product
     * @param n pieces to take, 1 or more
     */
    @POST
    @Path("/{product}/decrease")
    @TransactionFlow(TransactionFlowOption.ALLOWED)
    void decrease(@PathParam("product") int product, @QueryParam("n") @DefaultValue("1") int n);

    /**
     * Lists products by ascending id: just these, or a page of all, or of those that a search finds. Refusal: 400 {@code invalid-request}.
     *
     * @param ids just these; empty: a page
     * @param search words, each of which is in the product's name, or the product's id; empty for all
     * @param after only those with a greater id; null for the first page
     * @param limit how many at most, 1 to 500
     * @return what is committed of them
     */
    @GET
    List<StockItem> list(
            @QueryParam("id") List<Integer> ids,
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("after") Integer after,
            @QueryParam("limit") @DefaultValue("200") int limit);

    /** {@return the sums over all products} */
    @GET
    @Path("/totals")
    StockTotals totals();

    /**
     * Looks a product up. Refusal: 404 {@code unknown-product}.
     *
     * @param product the product
     * @return what is committed of it
     */
    @GET
    @Path("/{product}")
    StockItem item(@PathParam("product") int product);
}
