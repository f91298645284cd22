package dev.lockstep.tests.flow.inside;

import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.flow.TransactionFlowOption;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** Is called in a flow, and calls on in it. */
@Path("/")
@TransactionFlow(TransactionFlowOption.MANDATORY)
public class CallingResource {

    /** Calls both services, and has nothing of its own. */
    @POST
    @Path("route")
    public void route(
            @QueryParam("order") String id, @QueryParam("product") int product, @QueryParam("quantity") int quantity) {
        Order order = new Order(id, product, quantity);
        Callees.decrease(order);
        Callees.add(order);
    }

    /** Calls the product service, and has nothing of its own. */
    @POST
    @Path("deep")
    public void deep(
            @QueryParam("order") String id, @QueryParam("product") int product, @QueryParam("quantity") int quantity) {
        Callees.decrease(new Order(id, product, quantity));
    }

    /** Calls the product service, and writes the order here. */
    @POST
    @Path("late")
    public void late(
            @QueryParam("order") String id, @QueryParam("product") int product, @QueryParam("quantity") int quantity) {
        Order order = new Order(id, product, quantity);
        Callees.decrease(order);
        order.writeHere();
    }

    /** Writes the order here, and calls the product service. */
    @POST
    @Path("chain")
    public void chain(
            @QueryParam("order") String id, @QueryParam("product") int product, @QueryParam("quantity") int quantity) {
        Order order = new Order(id, product, quantity);
        order.writeHere();
        Callees.decrease(order);
    }
}
