package dev.lockstep.tests.flow;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/** What a request between two machines asks for. */
enum Kind {
    /** A call of the application that carries a flow. */
    WORK(Pattern.compile("")),
    PREPARE(Pattern.compile("POST /lockstep-flow/v1/transactions/[^/]+/prepare(\\?.*)?")),
    COMMIT(Pattern.compile("POST /lockstep-flow/v1/transactions/[^/]+/commit(\\?.*)?")),
    ROLLBACK(Pattern.compile("POST /lockstep-flow/v1/flows/[^/]+/rollback")),
    /** A holder's question about a silent superior. */
    ALIVE(Pattern.compile("GET /lockstep-flow/v1/flows/[^/]+")),
    DECISIONS(Pattern.compile("POST /lockstep-flow/v1/databases/[^/]+/decisions")),
    PREPARED(Pattern.compile("POST /lockstep-flow/v1/databases/[^/]+/prepared")),
    FORGET(Pattern.compile("POST /lockstep-flow/v1/databases/[^/]+/forget")),
    /** Whatever else. */
    OTHER(Pattern.compile(""));

    private final Pattern line;

    Kind(Pattern line) {
        this.line = line;
    }

    static Kind of(HttpMessage request) {
        if (request.header("Lockstep-Flow").isPresent() && !request.second().startsWith("/lockstep-flow/")) {
            return WORK;
        }
        String line = request.start().replaceFirst(" HTTP/1\\.[01]$", "");
        return Arrays.stream(values())
                .filter(kind -> kind.line.matcher(line).matches())
                .findFirst()
                .orElse(OTHER);
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
