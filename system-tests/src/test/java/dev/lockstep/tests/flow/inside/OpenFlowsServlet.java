package dev.lockstep.tests.flow.inside;

import dev.lockstep.flow.observe.FlowSurvey;
import dev.lockstep.flow.observe.ServerFlows;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Tells which flows are not over on this machine, one a line, and in a header how many are remembered that are over. */
@WebServlet("/open-flows")
public class OpenFlowsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/plain");
        FlowSurvey survey = ServerFlows.survey();
        response.setIntHeader("Tombstones", survey.tombstones());
        for (var flow : survey.flows()) {
            response.getWriter().println(flow);
        }
    }
}
