package dev.lockstep.tests.flow.inside;

import dev.lockstep.flow.TransactionFlowClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.TimeUnit;

/** The services on the other machines, as an ordinary client of Jakarta REST reaches them. */
final class Callees {

    private static final int LIMIT_SECONDS = 8;

    private static final Client CLIENT = ClientBuilder.newBuilder()
            .connectTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
            .readTimeout(LIMIT_SECONDS, TimeUnit.SECONDS)
            .register(TransactionFlowClient.class)
            .build();

    private Callees() {}

    static void decrease(Order order) {
        decrease(target("PRODUCT"), order);
    }

    /** Calls an address that may be no peer's. */
    static void decreaseAt(String address, Order order) {
        decrease(CLIENT.target(address), order);
    }

    private static void decrease(WebTarget service, Order order) {
        send(
                service.path("api/stock/" + order.product() + "/decrease").queryParam("n", order.quantity()),
                Json.createObjectBuilder().build());
    }

    static void add(Order order) {
        send(
                target("ORDER").path("api/orders"),
                Json.createObjectBuilder()
                        .add("orderId", order.id())
                        .add("orderName", "of a flow")
                        .add("productId", order.product())
                        .add("quantity", order.quantity())
                        .build());
    }

    /** Lets another machine call on. */
    static void callOn(String machine, String how, Order order) {
        send(
                target(machine)
                        .path("calling/" + how)
                        .queryParam("order", order.id())
                        .queryParam("product", order.product())
                        .queryParam("quantity", order.quantity()),
                Json.createObjectBuilder().build());
    }

    private static WebTarget target(String machine) {
        return CLIENT.target(System.getenv("FLOW_TEST_" + machine));
    }

    private static void send(WebTarget target, JsonObject body) {
        try (Response response = target.request().post(Entity.json(body.toString()))) {
            if (response.getStatus() >= Response.Status.BAD_REQUEST.getStatusCode()) {
                throw new WebApplicationException(
                        target.getUri() + ": " + response.getStatus() + " " + response.readEntity(String.class),
                        Response.Status.CONFLICT);
            }
        }
    }
}
