package dev.lockstep.tests.inside;

import static dev.lockstep.flow.TransactionFlowOption.MANDATORY;

import dev.lockstep.flow.TransactionAbortedException;
import dev.lockstep.flow.TransactionFlow;
import dev.lockstep.flow.TransactionInDoubtException;
import dev.lockstep.flow.TransactionScope;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** A whole application without a database: takes stock on one server and orders on another, in one transaction. */
@WebServlet("/buy")
public class Buy extends HttpServlet {

    private static final long serialVersionUID = 1L;

    /** The product service's contract. */
    @Path("/stock")
    @RegisterRestClient(configKey = "product")
    public interface Stock {
        @POST
        @Path("/{product}/decrease")
        @TransactionFlow(MANDATORY)
        void decrease(@PathParam("product") int product, @QueryParam("n") int n);
    }

    /** The order service's contract. */
    @Path("/orders")
    @RegisterRestClient(configKey = "order")
    public interface Orders {
        @POST
        @TransactionFlow(MANDATORY)
        Order add(Order order);
    }

    /** What is ordered. */
    public record Order(UUID orderId, String orderName, int productId, int quantity) {}

    @Inject
    @RestClient
    transient Stock stock;

    @Inject
    @RestClient
    transient Orders orders;

    /** Answers with the order's id, or with what went wrong: 409 is a sure no, 503 is not known yet. */
    @Override
    protected void doPost(HttpServletRequest in, HttpServletResponse out) throws IOException {
        int product = Integer.parseInt(in.getParameter("product"));
        int n = Integer.parseInt(in.getParameter("n"));
        Order order = new Order(UUID.randomUUID(), in.getParameter("name"), product, n);
        try (TransactionScope scope = TransactionScope.required(Duration.ofSeconds(20))) {
            stock.decrease(product, n);
            orders.add(order);
            scope.complete();
        } catch (TransactionAbortedException | WebApplicationException e) {
            out.sendError(409, e.getMessage()); // nothing has happened, nor will it
            return;
        } catch (TransactionInDoubtException e) {
            out.sendError(503, e.getMessage()); // not known yet: look for the order
            return;
        }
        out.getWriter().print(order.orderId());
    }
}
