package dev.lockstep.flow.registry;

import dev.lockstep.flow.server.FlowRefusedException;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.KnownDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The headers of work requests and of their answers: written, and read with all limits. */
final class WorkHeaders {

    static final String FLOW = "Lockstep-Flow";
    static final String CALL = "Lockstep-Flow-Call";
    static final String ANSWER = "Lockstep-Flow-Answer";
    static final String DATABASES = "Lockstep-Flow-Databases";

    /** The most databases of an answer. */
    static final int DATABASES_MAX = 64;

    private static final String UUID_PATTERN = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final Pattern FLOW_PATTERN = Pattern.compile(UUID_PATTERN);
    private static final Pattern CALL_PATTERN = Pattern.compile("caller=([A-Za-z0-9._-]{1,32}); n=([1-9][0-9]{0,5});"
            + " timeout=([1-9][0-9]{0,8})(?:; handle=(" + UUID_PATTERN + "))?");
    private static final Pattern ANSWER_PATTERN =
            Pattern.compile("handle=(" + UUID_PATTERN + "); node=([A-Za-z0-9._-]{1,32})");
    private static final Pattern DATABASE_PATTERN = Pattern.compile("([^@, ]{1,64})@([A-Za-z0-9_-]{1,128})");

    private WorkHeaders() {}

    /**
     * A call.
     *
     * @param flow its flow
     * @param caller the node that calls
     * @param number from 1, as the caller counts its calls of the server
     * @param timeout what is left
     * @param handle what the server answered before; empty for the first call
     */
    record Call(UUID flow, String caller, int number, Duration timeout, Optional<UUID> handle) {

        Map<String, String> headers() {
            String text = "caller=" + caller + "; n=" + number + "; timeout=" + Math.max(1, timeout.toMillis())
                    + handle.map(known -> "; handle=" + known).orElse("");
            return Map.of(FLOW, flow.toString(), CALL, text);
        }
    }

    /** Headers with names in lower case. */
    static Call call(Map<String, String> headers) throws FlowRefusedException {
        String flow = headers.getOrDefault(lower(FLOW), "");
        if (!FLOW_PATTERN.matcher(flow).matches()) {
            throw Refused.malformed("the header " + FLOW + " must be a UUID in lower case");
        }
        Matcher call = CALL_PATTERN.matcher(headers.getOrDefault(lower(CALL), ""));
        if (!call.matches()) {
            throw Refused.malformed(
                    "the header " + CALL
                            + " must be 'caller=<node>; n=<1 to 999999>; timeout=<milliseconds left, from 1>', perhaps with '; handle=<UUID>'");
        }
        return new Call(
                UUID.fromString(flow),
                call.group(1),
                Integer.parseInt(call.group(2)),
                Duration.ofMillis(Long.parseLong(call.group(3))),
                Optional.ofNullable(call.group(4)).map(UUID::fromString));
    }

    /**
     * An answer.
     *
     * @param handle the transaction there
     * @param node who has it
     * @param databases those that it and the servers it called know
     */
    record Answer(UUID handle, String node, List<KnownDatabase> databases) {}

    static Map<String, String> answer(UUID handle, String node, Collection<KnownDatabase> databases) {
        return Map.of(
                ANSWER,
                "handle=" + handle + "; node=" + node,
                DATABASES,
                databases.stream().map(WorkHeaders::text).sorted().collect(Collectors.joining(", ")));
    }

    private static String text(KnownDatabase database) {
        return database.id() + "@"
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(database.started().getBytes(StandardCharsets.UTF_8));
    }

    /** Empty if it is none, or is too long. */
    static Optional<Answer> answer(Map<String, String> headers) {
        Matcher answer = ANSWER_PATTERN.matcher(headers.getOrDefault(lower(ANSWER), ""));
        Optional<List<KnownDatabase>> databases = databases(headers.getOrDefault(lower(DATABASES), ""));
        return answer.matches() && databases.isPresent()
                ? Optional.of(new Answer(UUID.fromString(answer.group(1)), answer.group(2), databases.get()))
                : Optional.empty();
    }

    private static Optional<List<KnownDatabase>> databases(String header) {
        String[] texts = header.isEmpty() ? new String[0] : header.split(", ", DATABASES_MAX + 1);
        List<KnownDatabase> databases = new ArrayList<>();
        for (String text : texts) {
            Matcher database = DATABASE_PATTERN.matcher(text);
            if (!database.matches() || databases.size() == DATABASES_MAX) {
                return Optional.empty();
            }
            try {
                byte[] started = Base64.getUrlDecoder().decode(database.group(2));
                databases.add(new KnownDatabase(
                        ParticipantId.parse(database.group(1)), new String(started, StandardCharsets.UTF_8)));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return Optional.of(databases);
    }

    private static String lower(String header) {
        return header.toLowerCase(java.util.Locale.ROOT);
    }
}
