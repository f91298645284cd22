package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.model.Request.Method;
import dev.lockstep.launcher.operator.OperatorAccount;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.net.HttpCookie;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** An operator at the JSON API: remembers the session's cookie and repeats the token. Answers keep to the OpenAPI document. */
final class OperatorClient {

    private static final String COOKIE = "lockstep-session";

    private final OrderApi api;
    private String cookie = "";
    private String token = "";
    private String traceparent = "";

    OperatorClient(OrderApi api) {
        this.api = api;
    }

    /** Logs in, with the token if there is a session already. */
    HttpResponse<String> logIn(String name, String password) {
        if (!session().isNull("csrfToken")) {
            useToken(session().getString("csrfToken"));
        }
        HttpResponse<String> response = post("api/session", loginJson(name, password));
        response.headers()
                .firstValue("Set-Cookie")
                .map(header -> HttpCookie.parse(header).get(0).getValue())
                .ifPresent(this::useCookie);
        return response;
    }

    /** Logs in, which must succeed, and repeats the session's token from then on. */
    void enter(String password) {
        assertThat(logIn(OperatorAccount.NAME, password).statusCode()).isEqualTo(204);
        useToken(session().getString("csrfToken"));
    }

    /** One who has the same session, and goes ways of their own from now on. */
    OperatorClient inAnotherWindow() {
        OperatorClient other = new OperatorClient(api);
        other.useCookie(cookie);
        other.useToken(token);
        return other;
    }

    static String loginJson(String name, String password) {
        return Json.createObjectBuilder()
                .add("name", name)
                .add("password", password)
                .build()
                .toString();
    }

    JsonObject session() {
        return OrderApi.json(api.held(Method.GET, "api/session", api.send(request("api/session"))));
    }

    HttpResponse<String> get(String path) {
        return api.held(Method.GET, path, api.send(request(path)));
    }

    HttpResponse<String> post(String path, String json) {
        return api.held(
                Method.POST,
                path,
                api.send(
                        request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json))));
    }

    HttpResponse<String> delete(String path) {
        return api.held(Method.DELETE, path, api.send(request(path).DELETE()));
    }

    String cookie() {
        return cookie;
    }

    /** What a browser needs to have the same session. */
    HttpCookie sessionCookie() {
        return new HttpCookie(COOKIE, cookie);
    }

    void useCookie(String value) {
        cookie = value;
    }

    void useToken(String value) {
        token = value;
    }

    /** Sends everything as a part of a trace from then on. */
    void useTrace(String value) {
        traceparent = value;
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = api.request(path);
        if (!cookie.isEmpty()) {
            request.header("Cookie", COOKIE + "=" + cookie);
        }
        if (!token.isEmpty()) {
            request.header("X-CSRF-Token", token);
        }
        if (!traceparent.isEmpty()) {
            request.header("traceparent", traceparent);
        }
        return request;
    }
}
