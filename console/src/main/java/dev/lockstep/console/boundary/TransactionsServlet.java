package dev.lockstep.console.boundary;

import dev.lockstep.console.control.BranchSurvey;
import dev.lockstep.console.control.ConsoleJson;
import dev.lockstep.console.control.ConsoleProblems;
import dev.lockstep.console.control.HeldLock;
import dev.lockstep.console.control.PreparedBranches;
import dev.lockstep.console.control.RecentTransactions;
import dev.lockstep.console.control.TransactionFilter;
import dev.lockstep.journal.Story;
import dev.lockstep.participant.observe.BranchInDoubt;
import dev.lockstep.web.ApiServlet;
import dev.lockstep.web.Exchange;
import dev.lockstep.web.ProblemException;
import dev.lockstep.web.stream.OrderNames;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code /api/transactions}: those under way and those that ended last, and one of them with its branches and locks. */
@WebServlet({"/api/transactions", "/api/transactions/*"})
public class TransactionsServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    private final transient RecentTransactions transactions;
    private final transient BranchSurvey branches;
    private final transient PreparedBranches prepared;

    /**
     * The constructor the container uses.
     *
     * @param transactions remembers them
     * @param branches knows what is prepared
     * @param prepared knows what that locks
     */
    @Inject
    public TransactionsServlet(RecentTransactions transactions, BranchSurvey branches, PreparedBranches prepared) {
        this.transactions = transactions;
        this.branches = branches;
        this.prepared = prepared;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return List.of("GET", "HEAD");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String globalId = ResourceName.of(request);
        OrderNames names = OrderNames.to(request);
        JsonObject answer = globalId.isEmpty()
                ? ConsoleJson.transactions(transactions.all(), TransactionFilter.of(request, names), names)
                : transaction(globalId, names);
        Exchange.answer(response, 200, MediaType.APPLICATION_JSON, answer);
    }

    private JsonObject transaction(String globalId, OrderNames names) {
        Optional<Story> story = transactions.find(globalId);
        if (story.isPresent() && story.get().isOver()) {
            return ConsoleJson.transaction(story.get(), List.of(), List.of(), names);
        }
        List<BranchInDoubt> its = branches.survey().branches().stream()
                .filter(branch -> branch.globalId().equals(globalId))
                .toList();
        if (story.isEmpty() && its.isEmpty()) {
            throw new ProblemException(ConsoleProblems.noSuchTransaction(globalId));
        }
        List<HeldLock> locks = its.isEmpty() ? List.of() : prepared.locksOf(globalId);
        return story.map(known -> ConsoleJson.transaction(known, its, locks, names))
                .orElseGet(() -> ConsoleJson.strange(globalId, its, locks));
    }
}
