package dev.lockstep.shop.remote;

import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.flow.TransactionFlowOption;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The product service as a client sees it; without a transaction nothing is taken. */
@Path("/stock")
@Produces(MediaType.APPLICATION_JSON)
@RegisterRestClient(configKey = "product")
public interface StockClient {

    /**
     * Takes pieces from stock, in the caller's transaction.
     *
     * @param product the product
     * @param n pieces to take
     */
    @POST
    @Path("/{product}/decrease")
    @TransactionFlow(TransactionFlowOption.MANDATORY)
    void decrease(@PathParam("product") int product, @QueryParam("n") int n);

    /**
     * Lists a page of products.
     *
     * @param search words of their names, or empty
     * @param after only those with a greater id
     * @param limit how many at most
     * @return the products
     */
    @GET
    JsonArray page(@QueryParam("search") String search, @QueryParam("after") int after, @QueryParam("limit") int limit);

    /**
     * Lists some products.
     *
     * @param ids which
     * @return those that there are
     */
    @GET
    JsonArray these(@QueryParam("id") List<Integer> ids);

    /** {@return the sums over all products} */
    @GET
    @Path("/totals")
    JsonObject totals();
}
