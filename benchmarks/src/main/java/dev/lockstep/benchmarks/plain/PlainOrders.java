package dev.lockstep.benchmarks.plain;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.OrderService;
import dev.lockstep.product.boundary.ProductService;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.transaction.RollbackException;
import jakarta.transaction.UserTransaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Takes orders as the shop does, and does nothing else: no journal, no metrics, no repeated request. */
@WebServlet("/api/orders")
public class PlainOrders extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** Looked up once, as the shop does: each {@code Json.create…} would search the class path. */
    private static final JsonProvider JSON = JsonProvider.provider();

    @EJB
    private transient ProductService products;

    @EJB
    private transient OrderService orders;

    @Resource
    private transient UserTransaction transaction;

    /** Tells that the application is there. */
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        NewOrder order = read(request);
        try {
            place(order);
        } catch (RollbackException | RuntimeException e) {
            answer(response, HttpServletResponse.SC_CONFLICT, e.toString());
            return;
        } catch (Exception e) {
            answer(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, e.toString());
            return;
        }
        response.setHeader("Location", "/api/orders/" + order.orderId());
        answer(response, HttpServletResponse.SC_CREATED, "{\"orderId\":\"" + order.orderId() + "\"}");
    }

    /** Both databases, or neither; an exception other than these two kinds does not tell which. */
    private void place(NewOrder order) throws Exception {
        transaction.begin();
        try {
            products.decreaseNum(order.productId(), order.quantity());
            orders.addOrder(order);
        } catch (RuntimeException e) {
            transaction.rollback();
            throw e;
        }
        transaction.commit();
    }

    private static NewOrder read(HttpServletRequest request) throws IOException {
        try (JsonReader reader = JSON.createReader(request.getInputStream())) {
            JsonObject wish = reader.readObject();
            return new NewOrder(
                    UUID.randomUUID(), wish.getString("orderName"), wish.getInt("productId"), wish.getInt("quantity"));
        }
    }

    private static void answer(HttpServletResponse response, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
