package dev.lockstep.tests.flow.refused;

import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.flow.TransactionFlowOption;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** A bean as a resource, that answers later, and to which a client is injected. */
@Path("/later")
@RequestScoped
public class LaterResource {

    @Inject
    @RestClient
    StockClient stock;

    @POST
    @TransactionFlow(TransactionFlowOption.ALLOWED)
    public CompletionStage<String> later() {
        stock.decrease();
        return CompletableFuture.completedStage("later");
    }
}
