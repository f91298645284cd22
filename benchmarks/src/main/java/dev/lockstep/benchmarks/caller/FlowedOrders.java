package dev.lockstep.benchmarks.caller;

import dev.lockstep.flow.TransactionAbortedException;
import dev.lockstep.flow.TransactionFlowClient;
import dev.lockstep.flow.TransactionInDoubtException;
import dev.lockstep.flow.TransactionScope;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.WebTarget;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Takes orders as the shop does, and places each in a flow over the two services' machines. */
@WebServlet("/api/orders")
public class FlowedOrders extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** Looked up once, as the shop does: each {@code Json.create…} would search the class path. */
    private static final JsonProvider JSON = JsonProvider.provider();

    private static final Client CLIENT = ClientBuilder.newBuilder()
            .connectTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
            .readTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS)
            .register(TransactionFlowClient.class)
            .build();

    private static final WebTarget PRODUCT = CLIENT.target(System.getenv("FLOW_PRODUCT"));
    private static final WebTarget ORDERS =
            CLIENT.target(System.getenv("FLOW_ORDER")).path("api/orders");

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonObject wish = read(request);
        String id = UUID.randomUUID().toString();
        try (TransactionScope scope = TransactionScope.required(LIMIT)) {
            post(
                    PRODUCT.path("api/stock/" + wish.getInt("productId") + "/decrease")
                            .queryParam("n", wish.getInt("quantity")),
                    "{}");
            post(
                    ORDERS,
                    JSON.createObjectBuilder(wish).add("orderId", id).build().toString());
            scope.complete();
        } catch (TransactionInDoubtException e) {
            answer(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, e.toString());
            return;
        } catch (TransactionAbortedException | WebApplicationException | ProcessingException e) {
            answer(response, HttpServletResponse.SC_CONFLICT, e.toString());
            return;
        }
        response.setHeader("Location", "/api/orders/" + id);
        answer(response, HttpServletResponse.SC_CREATED, "");
    }

    private static JsonObject read(HttpServletRequest request) throws IOException {
        try (JsonReader reader = JSON.createReader(request.getInputStream())) {
            return reader.readObject();
        }
    }

    private static void post(WebTarget target, String json) {
        try (Response response = target.request().post(Entity.json(json))) {
            if (response.getStatus() >= Response.Status.BAD_REQUEST.getStatusCode()) {
                throw new WebApplicationException(
                        target.getUri() + ": " + response.getStatus() + " " + response.readEntity(String.class),
                        Response.Status.CONFLICT);
            }
        }
    }

    private static void answer(HttpServletResponse response, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
