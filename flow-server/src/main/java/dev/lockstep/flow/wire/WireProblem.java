package dev.lockstep.flow.wire;

/**
 * A request that gets no reply but the reason, as RFC 9457 tells it. It is not signed: it is no fact.
 *
 * @param status the HTTP status
 * @param type the last part of the type's URI
 * @param title the type in words
 * @param detail this occurrence, with the limit
 */
record WireProblem(int status, String type, String title, String detail) {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final int ECHO_MAX = 256;
    private static final String TYPE_PREFIX = "tag:lockstep.dev,2026:problem:";

    static WireProblem malformed(String detail) {
        return new WireProblem(400, "invalid-request", "Invalid request", detail);
    }

    static WireProblem notTrusted(String detail) {
        return new WireProblem(401, "flow-not-trusted", "Not trusted", detail);
    }

    static WireProblem notFound(String path) {
        return new WireProblem(
                404, "not-found", "Not found", "There is no resource " + echo(path) + " in this protocol");
    }

    static WireProblem methodNotAllowed(String method, String allowed) {
        return new WireProblem(
                405, "method-not-allowed", "Method not allowed", echo(method) + " is not served here, only " + allowed);
    }

    static WireProblem tooLarge(int max) {
        return new WireProblem(413, "body-too-large", "Body too large", "The body must have at most " + max + " bytes");
    }

    static WireProblem internal() {
        return new WireProblem(
                500, "internal-error", "Internal error", "This is our fault; the server's log has the reason");
    }

    static WireProblem tooMany(int max) {
        return new WireProblem(503, "flow-too-many", "Too many", max + " messages wait already; ask again");
    }

    private static String echo(String sent) {
        return sent.length() <= ECHO_MAX ? sent : sent.substring(0, ECHO_MAX) + "…";
    }

    byte[] json() {
        return MessageJson.bytes(Fields.PROVIDER
                .createObjectBuilder()
                .add("type", TYPE_PREFIX + type)
                .add("title", title)
                .add("status", status)
                .add("detail", detail)
                .build());
    }
}
