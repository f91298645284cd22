package dev.lockstep.tests.flow.refused;

import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.flow.TransactionFlowOption;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

/** An EJB as a resource, that returns before its work is done. */
@Path("/one-way")
@Stateless
public class OneWayService {

    @POST
    @Asynchronous
    @TransactionFlow(TransactionFlowOption.ALLOWED)
    public void later() {}
}
