package dev.lockstep.live.boundary;

import dev.lockstep.client.control.Exchange;
import dev.lockstep.client.control.Problem;
import dev.lockstep.client.control.Problems;
import dev.lockstep.live.control.LiveFeed;
import dev.lockstep.watch.control.Feed;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code GET /api/live}: the shop as server-sent events, for as long as the browser stays. */
@WebServlet(urlPatterns = "/api/live", asyncSupported = true)
public class LiveServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    private static final String RETRY_AFTER = "10";

    private final transient LiveFeed live;

    /**
     * The constructor the container uses.
     *
     * @param live what is sent
     */
    @Inject
    public LiveServlet(LiveFeed live) {
        this.live = live;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!request.getMethod().equals("GET")) {
            response.setHeader("Allow", "GET");
            refuse(response, Problems.methodNotAllowed(request.getMethod(), List.of("GET")));
        } else if (!live.join(request, response)) {
            response.setHeader("Retry-After", RETRY_AFTER);
            refuse(response, Problems.tooManyListeners(Feed.STREAMS_MAX));
        }
    }

    private static void refuse(HttpServletResponse response, Problem problem) throws IOException {
        Exchange.answer(response, problem.status(), Problem.MEDIA_TYPE, problem.json());
    }
}
