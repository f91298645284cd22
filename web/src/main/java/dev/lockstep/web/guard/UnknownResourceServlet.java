package dev.lockstep.web.guard;

import dev.lockstep.web.ApiServlet;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Whatever else is asked for under {@code /api}: not found, told as the API tells errors. The application maps it, in its {@code web.xml}. */
public class UnknownResourceServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected List<String> methods(HttpServletRequest request) {
        throw new ProblemException(HttpProblems.notFound(request.getRequestURI()));
    }
}
