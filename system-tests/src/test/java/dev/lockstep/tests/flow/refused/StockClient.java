package dev.lockstep.tests.flow.refused;

import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.flow.TransactionFlowOption;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** A typed client of a server that is no peer. */
@Path("/stock")
@RegisterRestClient(configKey = "stock")
public interface StockClient {

    /** Takes a piece. */
    @POST
    @TransactionFlow(TransactionFlowOption.MANDATORY)
    void decrease();
}
