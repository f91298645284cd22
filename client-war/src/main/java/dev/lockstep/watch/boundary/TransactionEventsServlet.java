package dev.lockstep.watch.boundary;

import dev.lockstep.watch.control.TransactionFeed;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code GET /api/transactions/events}: server-sent events named {@code transactions}, each with {@code ended} (how many ended in the last
 * {@code periodMillis}), {@code shown} (a sample of them) and {@code open} (those that take long), {@code served} (how many
 * tickets were served in that time) and {@code tickets} (a sample of them).
 */
@WebServlet(urlPatterns = "/api/transactions/events", asyncSupported = true)
public class TransactionEventsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private final transient TransactionFeed transactions;

    /**
     * The constructor the container uses.
     *
     * @param transactions what is sent
     */
    @Inject
    public TransactionEventsServlet(TransactionFeed transactions) {
        this.transactions = transactions;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!transactions.feed().join(request, response, "transactions", transactions.latest())) {
            response.setHeader("Retry-After", "10");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
    }
}
