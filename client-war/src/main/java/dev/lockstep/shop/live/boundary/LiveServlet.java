package dev.lockstep.shop.live.boundary;

import dev.lockstep.shop.live.control.LiveFeed;
import dev.lockstep.web.ApiServlet;
import dev.lockstep.web.stream.Feed;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code GET /api/live}: the shop as server-sent events, for as long as the browser stays. */
@WebServlet(urlPatterns = "/api/live", asyncSupported = true)
public class LiveServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

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
    protected List<String> methods(HttpServletRequest request) {
        return List.of("GET");
    }

    @Override
    protected void requireAccepted(HttpServletRequest request) {
        // The stream is no JSON.
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!live.join(request, response)) {
            throw tooManyListeners(response, Feed.STREAMS_MAX);
        }
    }
}
