package dev.lockstep.console.boundary;

import dev.lockstep.console.control.ConsoleProblems;
import dev.lockstep.flows.FlowLook;
import dev.lockstep.flows.Flows;
import dev.lockstep.web.ApiServlet;
import dev.lockstep.web.ProblemException;
import dev.lockstep.web.stream.OrderNames;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/** {@code /api/flows}: the flows that are open at this server, its peers, and who waits for whom; and one flow, as all its servers recorded it. */
@WebServlet({"/api/flows", "/api/flows/*"})
public class FlowsServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    private final transient Flows flows;
    private final transient FlowLook look;

    /**
     * The constructor the container uses.
     *
     * @param flows knows them
     * @param look asks other servers
     */
    @Inject
    public FlowsServlet(Flows flows, FlowLook look) {
        this.flows = flows;
        this.look = look;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return List.of("GET", "HEAD");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String flow = ResourceName.of(request);
        if (flow.isEmpty()) {
            answer(response, 200, flows.survey());
        } else {
            answer(
                    response,
                    200,
                    look.at(flow, OrderNames.to(request))
                            .orElseThrow(() -> new ProblemException(ConsoleProblems.noSuchFlow(flow))));
        }
    }
}
