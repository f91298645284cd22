package dev.lockstep.rest.product;

import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.flow.TransactionFlowOption;
import dev.lockstep.product.boundary.StockItem;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

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
     * Looks a product up. Refusal: 404 {@code unknown-product}.
     *
     * @param product the product
     * @return what is committed of it
     */
    @GET
    @Path("/{product}")
    StockItem item(@PathParam("product") int product);
}
