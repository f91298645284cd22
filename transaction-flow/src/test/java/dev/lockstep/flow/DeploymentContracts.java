package dev.lockstep.flow;

import static dev.lockstep.flow.TransactionFlowOption.ALLOWED;
import static dev.lockstep.flow.TransactionFlowOption.MANDATORY;
import static dev.lockstep.flow.TransactionFlowOption.NOT_ALLOWED;

import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Resources and typed clients of which some cannot be deployed. */
final class DeploymentContracts {

    private DeploymentContracts() {}

    /** Each way to answer before the work is done. */
    @Path("/one-way")
    @TransactionFlow(MANDATORY)
    public static class OneWay {

        @POST
        @TransactionFlow(ALLOWED)
        public CompletionStage<String> stage() {
            return null;
        }

        @POST
        public Future<String> future() {
            return null;
        }

        @POST
        public void suspended(@Suspended AsyncResponse later) {}

        @GET
        public void events(SseEventSink sink) {}

        @GET
        public StreamingOutput streamed() {
            return null;
        }

        @POST
        @TransactionFlow(NOT_ALLOWED)
        public CompletionStage<String> outside() {
            return null;
        }

        /** No request comes here. */
        public CompletionStage<String> helps() {
            return null;
        }
    }

    /** An EJB as a resource, whose contract declares the flow. */
    @Stateless
    public static class Ejb implements EjbContract {

        @Override
        @Asynchronous
        public void later() {}

        @Override
        public void now() {}
    }

    /** Of one interface for both sides. */
    @Path("/ejb")
    @TransactionFlow(ALLOWED)
    public interface EjbContract {

        @POST
        @Path("/later")
        void later();

        @POST
        @Path("/now")
        void now();
    }

    /** Needs its caller's transaction. */
    @Path("/mandatory")
    public static class Mandatory {

        @POST
        @TransactionFlow(MANDATORY)
        public void decrease() {}

        @GET
        @TransactionFlow(ALLOWED)
        public String read() {
            return "";
        }
    }

    /** A typed client. */
    @RegisterRestClient(configKey = "stock", baseUri = "http://192.168.10.1:8080")
    public interface Client {

        @POST
        @TransactionFlow(MANDATORY)
        void decrease();

        @POST
        @TransactionFlow(ALLOWED)
        void give();

        @GET
        String read();
    }

    /** A typed client without a flow. */
    @RegisterRestClient
    public interface Weather {

        @GET
        CompletionStage<String> today();
    }
}
