package dev.lockstep.console.boundary;

import dev.lockstep.flows.Flows;
import dev.lockstep.web.ApiServlet;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code /api/flows}: the flows that are open at this server, its peers, and who waits for whom. */
@WebServlet("/api/flows")
public class FlowsServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    private final transient Flows flows;

    /**
     * The constructor the container uses.
     *
     * @param flows knows them
     */
    @Inject
    public FlowsServlet(Flows flows) {
        this.flows = flows;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return List.of("GET", "HEAD");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answer(response, 200, flows.survey());
    }
}
