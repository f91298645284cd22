package dev.lockstep.console.boundary;

import dev.lockstep.console.control.ConsoleJson;
import dev.lockstep.console.control.ConsoleProblems;
import dev.lockstep.console.control.Doubts;
import dev.lockstep.console.control.OperatorLog;
import dev.lockstep.console.control.PerSecond;
import dev.lockstep.console.control.Statistics;
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
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** {@code /api/statistics}, and its reset by an operator. */
@WebServlet({"/api/statistics", "/api/statistics/*"})
public class StatisticsServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(StatisticsServlet.class.getName());

    private final transient Statistics statistics;
    private final transient Doubts doubts;
    private final transient PerSecond perSecond;
    private final transient OperatorLog operatorLog;

    /** One after the other, so that nothing is written down twice. */
    private final transient ReentrantLock resets = new ReentrantLock();

    /**
     * The constructor the container uses.
     *
     * @param statistics counts transactions
     * @param doubts counts those in doubt
     * @param perSecond remembers the last minutes
     * @param operatorLog takes who resets them
     */
    @Inject
    public StatisticsServlet(Statistics statistics, Doubts doubts, PerSecond perSecond, OperatorLog operatorLog) {
        this.statistics = statistics;
        this.doubts = doubts;
        this.perSecond = perSecond;
        this.operatorLog = operatorLog;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return switch (ResourceName.of(request)) {
            case "" -> List.of("GET", "HEAD");
            case "reset" -> List.of("POST");
            default -> throw new ProblemException(HttpProblems.notFound(request.getRequestURI()));
        };
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Set<String> inDoubt = doubts.globalIds();
        Exchange.answer(
                response,
                200,
                MediaType.APPLICATION_JSON,
                ConsoleJson.statistics(statistics.totals(inDoubt), inDoubt.size(), perSecond.seconds()));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        requireOperator(request);
        resets.lock();
        try {
            reset(request.getRemoteUser());
        } finally {
            resets.unlock();
        }
        LOG.log(Level.INFO, request.getRemoteUser() + " has reset the statistics");
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    /** What is written down is what is reset, and no more: transactions go on ending meanwhile. */
    private void reset(String operator) {
        Statistics.Totals totals = statistics.totals(doubts.globalIds());
        try {
            operatorLog.reset(operator, totals);
        } catch (SQLException e) {
            LOG.log(Level.ERROR, "The statistics are not reset, since it cannot be written down", e);
            throw new ProblemException(ConsoleProblems.notRecorded(operatorLog.ofOperators()));
        }
        statistics.reset(totals);
    }
}
