package dev.lockstep.flow;

import static dev.lockstep.flow.TransactionFlowOption.ALLOWED;
import static dev.lockstep.flow.TransactionFlowOption.MANDATORY;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Response;

/** A contract for both sides, with a method for each kind. */
@Path("/work")
public interface Contract {

    /** Answers with what it was sent. */
    @POST
    @Path("/allowed")
    @TransactionFlow(ALLOWED)
    String allowed(String body);

    @POST
    @Path("/mandatory")
    @TransactionFlow(MANDATORY)
    void mandatory();

    @POST
    @Path("/not-allowed")
    void notAllowed();

    @POST
    @Path("/conflict")
    @TransactionFlow(ALLOWED)
    void conflict();

    @GET
    @Path("/streamed")
    @TransactionFlow(ALLOWED)
    Response streamed();

    @POST
    @Path("/elsewhere")
    @TransactionFlow(ALLOWED)
    Response elsewhere();

    @GET
    @Path("/later")
    @TransactionFlow(ALLOWED)
    void later(@Suspended AsyncResponse response);

    @POST
    @Path("/accepted")
    @TransactionFlow(ALLOWED)
    Response accepted();
}
