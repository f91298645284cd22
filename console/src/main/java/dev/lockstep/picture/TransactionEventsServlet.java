package dev.lockstep.picture;

import dev.lockstep.web.ApiServlet;
import dev.lockstep.web.stream.Feed;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * {@code GET /api/transactions/events}: server-sent events named {@code transactions}, each with {@code ended} (how many ended in the last
 * {@code periodMillis}), {@code shown} (a sample of them) and {@code open} (those that take long), {@code served} (how many
 * tickets were served in that time) and {@code tickets} (a sample of them).
 */
@WebServlet(urlPatterns = "/api/transactions/events", asyncSupported = true)
public class TransactionEventsServlet extends ApiServlet {

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
    protected List<String> methods(HttpServletRequest request) {
        return List.of("GET");
    }

    @Override
    protected void requireAccepted(HttpServletRequest request) {
        // The stream is no JSON.
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!transactions.join(request, response)) {
            throw tooManyListeners(response, Feed.STREAMS_MAX);
        }
    }
}
