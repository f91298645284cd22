package dev.lockstep.client.boundary;

import dev.lockstep.client.control.ProblemException;
import dev.lockstep.client.control.Problems;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** Whatever else is asked for under {@code /api}: not found, told as the API tells errors. */
@WebServlet("/api/*")
public class UnknownResourceServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected List<String> methods(HttpServletRequest request) {
        throw new ProblemException(Problems.notFound(request.getRequestURI()));
    }
}
