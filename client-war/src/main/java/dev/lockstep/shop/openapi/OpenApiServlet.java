package dev.lockstep.shop.openapi;

import dev.lockstep.web.ApiServlet;
import dev.lockstep.web.Exchange;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * {@code /openapi}: the description of this API, as MicroProfile OpenAPI serves it: in YAML, or in JSON if the client asks for that or says
 * {@code ?format=JSON}. It takes the place of the container's own, which adds a member that OpenAPI does not have, and on Payara 7 is empty.
 */
@WebServlet({"/openapi", "/openapi/*"})
public class OpenApiServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    private static final String YAML = "application/yaml;charset=UTF-8";

    private final transient ApiDescription description;

    /**
     * The constructor the container uses.
     *
     * @param description the document
     */
    @Inject
    public OpenApiServlet(ApiDescription description) {
        this.description = description;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        return List.of("GET", "HEAD");
    }

    /** Whatever a client takes, it gets the document. */
    @Override
    protected void requireAccepted(HttpServletRequest request) {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (isJsonWanted(request)) {
            Exchange.answer(response, 200, MediaType.APPLICATION_JSON, description.json());
            return;
        }
        byte[] document = description.yaml().getBytes(StandardCharsets.UTF_8);
        response.setContentType(YAML);
        response.setContentLength(document.length);
        response.getOutputStream().write(document);
    }

    private static boolean isJsonWanted(HttpServletRequest request) {
        return Optional.ofNullable(request.getParameter("format"))
                .map("JSON"::equalsIgnoreCase)
                .orElseGet(() -> Optional.ofNullable(request.getHeader("Accept"))
                        .filter(accept -> accept.contains(MediaType.APPLICATION_JSON))
                        .isPresent());
    }
}
