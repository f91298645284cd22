package dev.lockstep.flow.wire;

import dev.lockstep.participant.branch.ParticipantId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a message goes to: what it does, and to what.
 *
 * @param verb what it does
 * @param about the transaction's handle, the flow or the database
 */
record Address(Verb verb, String about) {

    static final String ROOT = "/lockstep-flow/v1/";

    private static final String UUID_PATTERN = "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
    private static final String DATABASE_PATTERN = "([A-Za-z0-9_.-]{7,60})";

    /** What messages do. */
    enum Verb {
        PREPARE("POST", "transactions/", UUID_PATTERN, "/prepare"),
        COMMIT("POST", "transactions/", UUID_PATTERN, "/commit"),
        ROLLBACK("POST", "flows/", UUID_PATTERN, "/rollback"),
        ALIVE("GET", "flows/", UUID_PATTERN, ""),
        DECISIONS("POST", "databases/", DATABASE_PATTERN, "/decisions"),
        PREPARED("POST", "databases/", DATABASE_PATTERN, "/prepared"),
        FORGET("POST", "databases/", DATABASE_PATTERN, "/forget"),
        EVENTS("POST", "flows/", UUID_PATTERN, "/events");

        private final String method;
        private final String folder;
        private final Pattern path;
        private final String word;

        Verb(String method, String folder, String about, String end) {
            this.method = method;
            this.folder = folder;
            this.path = Pattern.compile(Pattern.quote(ROOT + folder) + about + Pattern.quote(end));
            this.word = end.isEmpty() ? "alive" : end.substring(1);
        }

        static Verb of(Message message) {
            return valueOf(message.getClass().getSimpleName().toUpperCase(Locale.ROOT));
        }

        String method() {
            return method;
        }

        /** {@return the type of its body} */
        String word() {
            return word;
        }
    }

    static Address of(Message message) {
        Verb verb = Verb.of(message);
        if (message instanceof Message.Prepare prepare) {
            return new Address(verb, prepare.handle().toString());
        } else if (message instanceof Message.Commit commit) {
            return new Address(verb, commit.handle().toString());
        } else if (message instanceof Message.Rollback rollback) {
            return new Address(verb, rollback.flow().toString());
        } else if (message instanceof Message.Alive alive) {
            return new Address(verb, alive.flow().toString());
        } else if (message instanceof Message.Events events) {
            return new Address(verb, events.flow().toString());
        } else if (message instanceof Message.Decisions decisions) {
            return new Address(verb, decisions.commitPoint().toString());
        } else if (message instanceof Message.Prepared prepared) {
            return new Address(verb, prepared.database().toString());
        } else {
            return new Address(verb, ((Message.Forget) message).commitPoint().toString());
        }
    }

    /** {@return the address of a path with its query, or empty if there is none} */
    static Optional<Address> of(String path) {
        return Arrays.stream(Verb.values())
                .map(verb -> {
                    Matcher matcher = verb.path.matcher(path);
                    return matcher.matches() ? new Address(verb, matcher.group(1)) : null;
                })
                .filter(address -> address != null && address.isReadable())
                .findFirst();
    }

    private boolean isReadable() {
        try {
            return !verb.folder.equals("databases/") || database() != null;
        } catch (IllegalArgumentException e) {
            return false; // no such address
        }
    }

    String path() {
        String end = verb == Verb.ALIVE ? "" : "/" + verb.word;
        return ROOT + verb.folder + about + end;
    }

    UUID uuid() {
        return UUID.fromString(about);
    }

    ParticipantId database() {
        return ParticipantId.parse(about);
    }

    /** {@return the method, as a list for the header Allow} */
    List<String> methods() {
        return List.of(verb.method);
    }
}
