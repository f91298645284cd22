package dev.lockstep.flow;

import jakarta.json.Json;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * Why a request was refused because of its flow, as RFC 9457 tells it.
 *
 * @param status the HTTP status
 * @param type the last part of the type's URI
 * @param detail what, where and the limit
 */
record FlowProblem(int status, String type, String detail) {

    /** The media type. */
    static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json");

    private static final String TYPE_PREFIX = "tag:lockstep.dev,2026:problem:";

    static FlowProblem required(String method) {
        return new FlowProblem(
                400,
                "flow-required",
                method + " works only in its caller's transaction, and the request bears no flow");
    }

    static FlowProblem notUnderstood(String reason) {
        return new FlowProblem(400, "flow-not-understood", reason);
    }

    static FlowProblem tooLarge(int max) {
        return new FlowProblem(
                413,
                "flow-refused",
                "The body of a request with a flow has at most " + max + " bytes (" + BodyLimit.SETTING + ")");
    }

    static FlowProblem streamed(String method) {
        return new FlowProblem(
                500,
                "flow-refused",
                method + " answers by StreamingOutput, which is written when the work is over; its caller rolls back");
    }

    /** {@return the body} */
    String json() {
        return Json.createObjectBuilder()
                .add("type", TYPE_PREFIX + type)
                .add("title", title())
                .add("status", status)
                .add("detail", detail)
                .build()
                .toString();
    }

    Response response() {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .header("Cache-Control", "no-store")
                .entity(json())
                .build();
    }

    /** The type in words, the same at each occurrence. */
    private String title() {
        String words = type.replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
