package dev.lockstep.tests.flow.inside;

import dev.lockstep.flow.TransactionAbortedException;
import dev.lockstep.flow.TransactionInDoubtException;
import dev.lockstep.flow.TransactionScope;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.time.Duration;

/** Opens the scope, and answers 201, 409 for a no, or 503 if nobody knows yet. */
@WebServlet("/buy")
public class BuyServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Order order = new Order(
                request.getParameter("order"),
                Integer.parseInt(request.getParameter("product")),
                Integer.parseInt(request.getParameter("quantity")));
        boolean isComplete = false;
        try (TransactionScope scope =
                TransactionScope.required(Duration.ofSeconds(Integer.parseInt(request.getParameter("limit"))))) {
            String elsewhere = request.getParameter("at");
            if (elsewhere == null) {
                call(request.getParameter("shape"), order);
            } else if (Boolean.parseBoolean(request.getParameter("suppressed"))) {
                decreaseBeside(elsewhere, order);
            } else {
                Callees.decreaseAt(elsewhere, order);
            }
            if (Boolean.parseBoolean(request.getParameter("givenUp"))) {
                throw new WebApplicationException("given up", HttpServletResponse.SC_CONFLICT);
            }
            isComplete = true;
            scope.complete();
        } catch (TransactionInDoubtException e) {
            answer(response, HttpServletResponse.SC_SERVICE_UNAVAILABLE, e);
            return;
        } catch (RuntimeException e) {
            // Before it is complete, whatever goes wrong is a no.
            boolean isNo = !isComplete || e instanceof TransactionAbortedException;
            answer(response, isNo ? HttpServletResponse.SC_CONFLICT : HttpServletResponse.SC_INTERNAL_SERVER_ERROR, e);
            return;
        }
        response.setStatus(HttpServletResponse.SC_CREATED);
    }

    private static void call(String shape, Order order) {
        switch (shape) {
            case "STAR" -> {
                Callees.decrease(order);
                Callees.add(order);
            }
            case "CHAIN" -> Callees.callOn("ORDER", "chain", order);
            case "LATE" -> Callees.callOn("ORDER", "late", order);
            case "ROUTER" -> Callees.callOn("ROUTER", "route", order);
            case "OWN" -> {
                order.writeHere();
                Callees.decrease(order);
            }
            case "DEEP" -> {
                order.writeHere();
                Callees.callOn("ROUTER", "deep", order);
            }
            default -> throw new IllegalArgumentException(shape);
        }
    }

    private static void decreaseBeside(String elsewhere, Order order) {
        try (TransactionScope none = TransactionScope.suppress()) {
            Callees.decreaseAt(elsewhere, order);
            none.complete();
        }
    }

    private static void answer(HttpServletResponse response, int status, Exception reason) throws IOException {
        response.setStatus(status);
        response.getWriter().println(reason);
    }
}
