package dev.lockstep.tests.flow.refused;

import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.flow.TransactionFlowOption;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;

/** A resource that is no bean. */
@Path("/unmanaged")
public class Unmanaged {

    @POST
    @TransactionFlow(TransactionFlowOption.ALLOWED)
    public void suspended(@Suspended AsyncResponse response) {
        response.resume("later");
    }
}
