package dev.lockstep.console.boundary;

import dev.lockstep.console.control.BranchResolution;
import dev.lockstep.console.control.BranchSurvey;
import dev.lockstep.console.control.ConsoleJson;
import dev.lockstep.console.control.ConsoleProblems;
import dev.lockstep.console.control.OperatorLog;
import dev.lockstep.databases.ParticipantDatabases;
import dev.lockstep.flows.Flows;
import dev.lockstep.journal.Journal;
import dev.lockstep.participant.observe.Instruction;
import dev.lockstep.participant.observe.Reply;
import dev.lockstep.participant.observe.Transactions;
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

/** {@code /api/branches}: what is prepared in all databases, and an operator's hand to settle it. */
@WebServlet({"/api/branches", "/api/branches/*"})
public class BranchesServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(BranchesServlet.class.getName());

    private static final String RESOLVE = "/resolve";

    private final transient BranchSurvey branches;
    private final transient OperatorLog operatorLog;
    private final transient ParticipantDatabases databases;
    private final transient Journal journal;
    private final transient Flows flows;

    /**
     * The constructor the container uses.
     *
     * @param branches knows what is prepared
     * @param operatorLog takes what operators do
     * @param databases all databases
     * @param journal notes that it was an operator
     * @param flows knows of which flow a branch is
     */
    @Inject
    public BranchesServlet(
            BranchSurvey branches,
            OperatorLog operatorLog,
            ParticipantDatabases databases,
            Journal journal,
            Flows flows) {
        this.branches = branches;
        this.operatorLog = operatorLog;
        this.databases = databases;
        this.journal = journal;
        this.flows = flows;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        String name = ResourceName.of(request);
        if (name.isEmpty()) {
            return List.of("GET", "HEAD");
        }
        if (name.endsWith(RESOLVE) && name.length() > RESOLVE.length()) {
            return List.of("POST");
        }
        throw new ProblemException(HttpProblems.notFound(request.getRequestURI()));
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Exchange.answer(
                response, 200, MediaType.APPLICATION_JSON, ConsoleJson.survey(branches.survey(), flows::flowOf));
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        requireOperator(request);
        String name = ResourceName.of(request);
        Instruction instruction = BranchResolution.parse(
                name.substring(0, name.length() - RESOLVE.length()),
                request.getRemoteUser(),
                databases.byName().keySet(),
                Exchange.jsonBody(request));
        Reply reply = settle(instruction);
        if (reply.outcome() != Reply.Outcome.SETTLED) {
            throw new ProblemException(ConsoleProblems.notSettled(reply));
        }
        Exchange.answer(response, 200, MediaType.APPLICATION_JSON, ConsoleJson.settled(reply));
    }

    private Reply settle(Instruction instruction) {
        long line = intend(instruction);
        Reply reply = journal.byOperator(() -> Transactions.inDoubt().settle(instruction));
        branches.forget();
        try {
            operatorLog.conclude(line, reply);
        } catch (SQLException e) {
            LOG.log(Level.ERROR, "The operators' log tells the intent alone, not this: " + reply, e);
        }
        return reply;
    }

    private long intend(Instruction instruction) {
        try {
            return operatorLog.intend(instruction);
        } catch (SQLException e) {
            LOG.log(Level.ERROR, "Not done, since it cannot be written down: " + instruction, e);
            throw new ProblemException(ConsoleProblems.notRecorded(instruction.participant()));
        }
    }
}
