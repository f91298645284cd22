package dev.lockstep.shop.remote;

import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.flow.TransactionFlowOption;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The order service as a client sees it; without a transaction nothing is written. */
@Path("/orders")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@RegisterRestClient(configKey = "order")
public interface OrderClient {

    /**
     * Writes an order, in the caller's transaction.
     *
     * @param order what is ordered
     * @return the order as written
     */
    @POST
    @TransactionFlow(TransactionFlowOption.MANDATORY)
    JsonObject add(JsonObject order);

    /**
     * Looks an order up: 404 if it is not written, nor will be, and 503 if that is not known.
     *
     * @param id the order's
     * @return the order
     */
    @GET
    @Path("/{id}")
    JsonObject get(@PathParam("id") UUID id);

    /**
     * Lists orders, newest first.
     *
     * @param limit how many at most
     * @param before only those placed before this one; null for the newest
     * @param name what their names contain; null for all
     * @return the orders
     */
    @GET
    JsonArray list(@QueryParam("limit") int limit, @QueryParam("before") UUID before, @QueryParam("name") String name);

    /** {@return the sums over all orders and tickets} */
    @GET
    @Path("/totals")
    JsonObject totals();
}
