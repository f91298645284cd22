package dev.lockstep.client.boundary;

import dev.lockstep.client.control.HttpProblems;
import dev.lockstep.client.control.ProblemException;
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
