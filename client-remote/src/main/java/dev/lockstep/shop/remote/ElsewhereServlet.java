package dev.lockstep.shop.remote;

import dev.lockstep.web.ApiServlet;
import dev.lockstep.web.Problem;
import dev.lockstep.web.ProblemException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Tickets: they wait in the orders database, and are served beside it. */
@WebServlet({"/api/tickets", "/api/tickets/*"})
public class ElsewhereServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected List<String> methods(HttpServletRequest request) {
        throw new ProblemException(notHere(
                "Tickets are", "no server of such a plan gives any; order at once, or run the shop on one server"));
    }

    @Override
    protected void requireAccepted(HttpServletRequest request) {
        // Streams of tickets are not here either.
    }

    /**
     * What is asked for needs a database.
     *
     * @param what it is, to begin a sentence
     * @param instead where it is, or what can be done
     * @return 404
     */
    static Problem notHere(String what, String instead) {
        return new Problem("not-here", 404, "Not here", what + " not here: this server has no database; " + instead);
    }
}
