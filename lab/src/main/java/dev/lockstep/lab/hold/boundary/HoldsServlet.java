package dev.lockstep.lab.hold.boundary;

import dev.lockstep.lab.hold.control.Ending;
import dev.lockstep.lab.hold.control.Hold;
import dev.lockstep.lab.hold.control.HoldJson;
import dev.lockstep.lab.hold.control.HoldProblems;
import dev.lockstep.lab.hold.control.HoldRequest;
import dev.lockstep.lab.hold.control.Holds;
import dev.lockstep.lab.hold.control.OtherReader;
import dev.lockstep.shop.order.OrderRequest;
import dev.lockstep.telemetry.control.Tracing;
import dev.lockstep.web.ApiServlet;
import dev.lockstep.web.Exchange;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.ProblemException;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code /api/holds}: an operator's orders that stop before the commit. */
@WebServlet({"/api/holds", "/api/holds/*"})
public class HoldsServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(HoldsServlet.class.getName());

    private static final Pattern PATH = Pattern.compile("/([^/]+)(/commit|/rollback)?");

    private final transient Holds holds;
    private final transient OtherReader reader;
    private final transient Tracing tracing;

    /**
     * The constructor the container uses.
     *
     * @param holds the orders that are held
     * @param reader reads their rows
     * @param tracing makes their spans
     */
    @Inject
    public HoldsServlet(Holds holds, OtherReader reader, Tracing tracing) {
        this.holds = holds;
        this.reader = reader;
        this.tracing = tracing;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        if (isCollection(request)) {
            return List.of("POST");
        }
        return path(request).group(2) == null ? List.of("GET", "HEAD") : List.of("POST");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        requireOperator(request);
        Hold hold = hold(request);
        try {
            Exchange.answer(response, 200, MediaType.APPLICATION_JSON, HoldJson.of(hold, reader::read));
        } catch (SQLException e) {
            LOG.log(Level.WARNING, "A database does not tell what a reader sees of hold " + hold.id(), e);
            throw new ProblemException(HttpProblems.unavailable());
        }
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        requireOperator(request);
        if (isCollection(request)) {
            begin(request, response);
        } else {
            end(request);
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
        }
    }

    private void begin(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Hold hold = holds.begin(
                HoldRequest.parse(Exchange.jsonBody(request)),
                request.getUserPrincipal().getName(),
                tracing.handOver("hold order", request));
        response.setHeader("Location", request.getContextPath() + "/api/holds/" + hold.id());
        Exchange.answer(
                response,
                HttpServletResponse.SC_ACCEPTED,
                MediaType.APPLICATION_JSON,
                Json.createObjectBuilder()
                        .add("holdId", hold.id().toString())
                        .add("orderId", hold.orderId().toString())
                        .build());
    }

    private void end(HttpServletRequest request) {
        Hold hold = hold(request);
        boolean isCommit = path(request).group(2).equals("/commit");
        if (!hold.end(isCommit ? Ending.COMMIT : Ending.ROLLBACK)) {
            throw new ProblemException(HoldProblems.notHeld(hold));
        }
    }

    private Hold hold(HttpServletRequest request) {
        UUID id = OrderRequest.uuid(path(request).group(1)).orElseThrow(() -> notFound(request));
        return holds.find(id).orElseThrow(() -> new ProblemException(HoldProblems.noSuchHold(id)));
    }

    private static boolean isCollection(HttpServletRequest request) {
        return request.getPathInfo() == null || request.getPathInfo().equals("/");
    }

    private static Matcher path(HttpServletRequest request) {
        Matcher path = PATH.matcher(request.getPathInfo());
        if (!path.matches()) {
            throw notFound(request);
        }
        return path;
    }

    private static ProblemException notFound(HttpServletRequest request) {
        return new ProblemException(HttpProblems.notFound(request.getRequestURI()));
    }
}
