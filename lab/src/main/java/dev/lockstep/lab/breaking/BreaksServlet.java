package dev.lockstep.lab.breaking;

import dev.lockstep.web.ApiServlet;
import dev.lockstep.web.Exchange;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.ProblemException;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;

/** {@code /api/breaks}: what is to be killed at some point of the next order; in demo mode only. */
@WebServlet("/api/breaks")
public class BreaksServlet extends ApiServlet {

    private static final long serialVersionUID = 1L;

    private final transient DemoMode demo;
    private final transient Breaker breaker;

    /**
     * The constructor the container uses.
     *
     * @param demo tells whether anything may be broken
     * @param breaker breaks it
     */
    @Inject
    public BreaksServlet(DemoMode demo, Breaker breaker) {
        this.demo = demo;
        this.breaker = breaker;
    }

    @Override
    protected List<String> methods(HttpServletRequest request) {
        if (!demo.isOn()) {
            throw new ProblemException(HttpProblems.notFound(request.getRequestURI()));
        }
        requireOperator(request);
        return List.of("GET", "HEAD", "POST", "DELETE");
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        JsonObjectBuilder json = Json.createObjectBuilder();
        breaker.planned().ifPresent(plan -> json.add("planned", json(plan)));
        Exchange.answer(response, 200, MediaType.APPLICATION_JSON, json.build());
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        breaker.plan(PlannedBreak.parse(Exchange.jsonBody(request)));
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    @Override
    protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
        breaker.forget();
        response.setStatus(HttpServletResponse.SC_NO_CONTENT);
    }

    private static JsonObject json(PlannedBreak plan) {
        JsonArrayBuilder victims = Json.createArrayBuilder();
        plan.victims().stream().map(Victim::text).forEach(victims::add);
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("victims", victims)
                .add("at", plan.at().name());
        plan.orderId().ifPresent(orderId -> json.add("orderId", orderId.toString()));
        return json.build();
    }
}
