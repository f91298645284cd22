package dev.lockstep.web;

import jakarta.json.Json;
import jakarta.json.JsonStructure;
import jakarta.json.JsonWriterFactory;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** What HTTP asks of a JSON API: media types, bounded bodies, JSON answers. */
public final class Exchange {

    /** The most bytes of a request's body. */
    public static final int BODY_MAX = 16 * 1024;

    /** Seconds after which it makes sense to ask again. */
    public static final String RETRY_AFTER = "1";

    private static final JsonWriterFactory WRITERS = Json.createWriterFactory(Map.of());

    private Exchange() {}

    /**
     * Refuses a client that does not take JSON (RFC 9110, section 12.5.1).
     *
     * @param request the request
     * @throws ProblemException 406
     */
    public static void requireJsonIsAccepted(HttpServletRequest request) {
        var accepts = Collections.list(request.getHeaders("Accept"));
        if (!accepts.isEmpty() && accepts.stream().noneMatch(Exchange::acceptsJson)) {
            throw new ProblemException(HttpProblems.notAcceptable(accepts));
        }
    }

    /**
     * Reads a JSON body.
     *
     * @param request the request
     * @return the body, {@value #BODY_MAX} bytes at most
     * @throws ProblemException 413 if it is longer, 415 if it is not declared as JSON in UTF-8
     * @throws IOException if the connection fails
     */
    public static byte[] jsonBody(HttpServletRequest request) throws IOException {
        if (!isJson(request.getContentType())) {
            throw new ProblemException(HttpProblems.unsupportedMediaType(request.getContentType()));
        }
        long declared = request.getContentLengthLong();
        if (declared > BODY_MAX) {
            throw new ProblemException(HttpProblems.bodyTooLarge(BODY_MAX));
        }
        byte[] body = request.getInputStream().readNBytes(declared < 0 ? BODY_MAX + 1 : (int) declared);
        if (body.length > BODY_MAX) {
            throw new ProblemException(HttpProblems.bodyTooLarge(BODY_MAX));
        }
        return body;
    }

    /**
     * Answers with JSON.
     *
     * @param response the response, not committed
     * @param status the HTTP status
     * @param mediaType the media type
     * @param json the body
     * @throws IOException if the connection fails
     */
    public static void answer(HttpServletResponse response, int status, String mediaType, JsonStructure json)
            throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        try (var writer = WRITERS.createWriter(body, StandardCharsets.UTF_8)) {
            writer.write(json);
        }
        response.setStatus(status);
        response.setContentType(mediaType);
        response.setContentLength(body.size());
        response.setHeader("Cache-Control", "no-store");
        body.writeTo(response.getOutputStream());
    }

    /**
     * Answers with an error; with a 503 also when to ask again, if the response does not tell it yet.
     *
     * @param response the response, not committed
     * @param problem the error
     * @throws IOException if the connection fails
     */
    public static void refuse(HttpServletResponse response, Problem problem) throws IOException {
        if (problem.status() == HttpServletResponse.SC_SERVICE_UNAVAILABLE && !response.containsHeader("Retry-After")) {
            response.setHeader("Retry-After", RETRY_AFTER);
        }
        answer(response, problem.status(), Problem.MEDIA_TYPE, problem.json());
    }

    private static boolean acceptsJson(String accept) {
        return Arrays.stream(accept.split(",", -1))
                .flatMap(range -> mediaType(range.strip()).stream())
                .anyMatch(range -> range.isCompatible(MediaType.APPLICATION_JSON_TYPE) && !isRefused(range));
    }

    private static boolean isRefused(MediaType range) {
        return range.getParameters().getOrDefault("q", "1").matches("0(\\.0{0,3})?");
    }

    private static boolean isJson(String contentType) {
        return contentType != null
                && mediaType(contentType)
                        .filter(type -> type.getType().equalsIgnoreCase("application"))
                        .filter(type -> type.getSubtype().equalsIgnoreCase("json"))
                        .map(type -> type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "UTF-8"))
                        .filter("UTF-8"::equalsIgnoreCase)
                        .isPresent();
    }

    private static Optional<MediaType> mediaType(String text) {
        try {
            return Optional.of(MediaType.valueOf(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
