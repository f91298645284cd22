package dev.lockstep.shop.remote;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.io.StringReader;
import java.util.function.Supplier;

/**
 * A service's no, as RFC 9457 tells it.
 *
 * @param status the HTTP status
 * @param problem its JSON; empty if it was none
 */
record Refusal(int status, JsonObject problem) {

    /** A refusal on its way to whoever knows what it means. */
    static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient Refusal refusal;

        private RefusedException(Refusal refusal, WebApplicationException cause) {
            super(refusal.toString(), cause);
            this.refusal = refusal;
        }

        Refusal refusal() {
            return refusal;
        }
    }

    /**
     * Asks a service.
     *
     * @param service its name
     * @param question the call
     * @return its answer
     * @throws RefusedException if it answers with a status of 400 or more
     * @throws ServiceAwayException if it does not answer
     */
    static <T> T orAnswer(String service, Supplier<T> question) {
        try {
            return question.get();
        } catch (WebApplicationException e) {
            throw new RefusedException(of(e), e);
        } catch (ProcessingException e) {
            throw new ServiceAwayException("The " + service + " service does not answer: " + e.getMessage(), e);
        }
    }

    /**
     * The same where no refusal is expected.
     *
     * @throws ServiceAwayException if it does not answer, or refuses
     */
    static <T> T never(String service, Supplier<T> question) {
        try {
            return orAnswer(service, question);
        } catch (RefusedException e) {
            throw away(service, e);
        }
    }

    static ServiceAwayException away(String service, RefusedException e) {
        return new ServiceAwayException("The " + service + " service answers " + e.refusal(), e);
    }

    private static Refusal of(WebApplicationException e) {
        return new Refusal(e.getResponse().getStatus(), problem(e));
    }

    private static JsonObject problem(WebApplicationException e) {
        try (JsonReader reader =
                Json.createReader(new StringReader(e.getResponse().readEntity(String.class)))) {
            return reader.readObject();
        } catch (JsonException | ProcessingException | IllegalStateException other) {
            System.getLogger(Refusal.class.getName())
                    .log(System.Logger.Level.DEBUG, "A refusal's body is no problem", other);
            return JsonValue.EMPTY_JSON_OBJECT;
        }
    }

    /** Whether it is of a type, by the last part of its URI. */
    boolean is(String type) {
        return problem.getString("type", "").endsWith(":" + type);
    }

    @Override
    public String toString() {
        return status + " " + problem.getString("detail", "without a reason");
    }
}
