package dev.lockstep.web;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;

/**
 * An error as RFC 9457 tells it. Types are tag URIs (RFC 4151): names, not addresses.
 *
 * @param type the last part of the type's URI, not null
 * @param status the HTTP status, 400 to 599
 * @param title the type in words, the same at each occurrence, not null
 * @param detail this occurrence: what failed, with its values and limits; not null
 * @param extension further members, never null
 */
public record Problem(String type, int status, String title, String detail, JsonObject extension) {

    /** The media type of every error answer. */
    public static final String MEDIA_TYPE = "application/problem+json";

    private static final String TYPE_PREFIX = "tag:lockstep.dev,2026:problem:";

    /**
     * A problem without further members.
     *
     * @param type the last part of the type's URI
     * @param status the HTTP status
     * @param title the type in words
     * @param detail this occurrence
     */
    public Problem(String type, int status, String title, String detail) {
        this(type, status, title, detail, JsonValue.EMPTY_JSON_OBJECT);
    }

    /** {@return the problem as a JSON object} */
    public JsonObject json() {
        JsonObjectBuilder json = Json.createObjectBuilder()
                .add("type", TYPE_PREFIX + type)
                .add("title", title)
                .add("status", status)
                .add("detail", detail);
        extension.forEach(json::add);
        return json.build();
    }
}
