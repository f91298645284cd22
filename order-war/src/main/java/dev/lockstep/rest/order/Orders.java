package dev.lockstep.rest.order;

import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.flow.TransactionFlowOption;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.OrderTotals;
import dev.lockstep.order.boundary.PlacedOrder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;

/** The order service over HTTP. */
@Path("/orders")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public interface Orders {

    /**
     * Writes an order, in the caller's transaction if it bears one. Refusals: 400 {@code invalid-request}, 409 {@code order-id-taken}.
     *
     * @param order what is ordered
     * @return the order as written
     */
    @POST
    @TransactionFlow(TransactionFlowOption.ALLOWED)
    PlacedOrder add(NewOrder order);

    /**
     * Lists committed orders, newest first. Refusal: 400 {@code invalid-request}.
     *
     * @param limit how many at most, 1 to 501
     * @param before only those placed before this one, which is committed; null for the newest
     * @param name what their names contain, in any case; empty for all, and not with {@code before}
     * @return the orders
     */
    @GET
    List<PlacedOrder> list(
            @QueryParam("limit") @DefaultValue("50") int limit,
            @QueryParam("before") UUID before,
            @QueryParam("name") @DefaultValue("") String name);

    /** {@return the sums over all orders and tickets} */
    @GET
    @Path("/totals")
    OrderTotals totals();

    /**
     * Looks an order up. Refusals: 404 {@code no-such-order}: it is not written, nor will be; 503 {@code outcome-unknown}: it may be.
     *
     * @param id the order's
     * @return the order, which is committed
     */
    @GET
    @Path("/{id}")
    PlacedOrder get(@PathParam("id") UUID id);
}
