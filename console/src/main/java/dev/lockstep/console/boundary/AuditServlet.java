package dev.lockstep.console.boundary;

import dev.lockstep.console.control.ConsoleJson;
import dev.lockstep.console.control.OperatorLog;
import dev.lockstep.web.ApiServlet;
import dev.lockstep.web.Exchange;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.ProblemException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;

/** {@code /api/audit}: what operators did, for operators. */
@WebServlet("/api/audit")
public class AuditServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(AuditServlet.class.getName());

    private static final int NEWEST = 100;

    private final transient OperatorLog operatorLog;

    /**
     * The constructor the container uses.
     *
     * @param operatorLog has it
     */
    @Inject
    public AuditServlet(OperatorLog operatorLog) {
        this.operatorLog = operatorLog;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return List.of("GET", "HEAD");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        requireOperator(request);
        try {
            Exchange.answer(response, 200, MediaType.APPLICATION_JSON, ConsoleJson.audit(operatorLog.newest(NEWEST)));
        } catch (SQLException e) {
            LOG.log(Level.ERROR, "The operators' log cannot be read", e);
            throw new ProblemException(HttpProblems.unavailable());
        }
    }
}
