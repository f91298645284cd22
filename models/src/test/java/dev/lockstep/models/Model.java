package dev.lockstep.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A protocol in Promela, and what is asked of it.
 *
 * @param name of its file, without the ending
 * @param smallBound the macro that makes its state space small, yet leaves it every process and every fault
 * @param checks the questions
 */
record Model(String name, String smallBound, List<Check> checks) {

    static final List<Model> ALL = List.of(new Model(
            "commit-protocol",
            "FOLLOWERS=1",
            List.of(
                    Check.ofAssertions("safety")
                            .withStates(1_400_000, 8_000_000)
                            .noticing(
                                    "READS_SWAPPED",
                                    "EAGER_FORGETTING",
                                    "LOOK_SWAPPED",
                                    "STALE_SCAN",
                                    "FORGET_UNREAD",
                                    "FOLLOWERS_FIRST",
                                    "WARNING_IS_DONE",
                                    "NO_BARRIER",
                                    "FORGET_UNPROVED",
                                    "TWO_SESSIONS",
                                    "LATE_VETO",
                                    "READ_ONLY_ALONE"),
                    Check.ofFormula("settles")
                            .smallWith("NO_FAIL_OVER")
                            .withStates(700_000, 10_000_000)
                            .noticing("LOCK_ALONE", "ONLY_UNKNOWN"))));

    @Override
    public String toString() {
        return name;
    }

    Path file() {
        return Path.of(name + ".pml").toAbsolutePath();
    }

    /** Each check of the protocol as it is, then each with a rule broken. */
    Stream<Exploration> explorations(Bound bound) {
        return Stream.concat(
                checks.stream().map(check -> new Exploration(this, bound, check, "")),
                checks.stream().flatMap(check -> check.broken().stream()
                        .map(rule -> new Exploration(this, bound, check, rule))));
    }

    String sha256() {
        return sha256With("");
    }

    /** The hash of the file and of what else decides about a result. */
    String sha256With(String circumstances) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(file()));
            return HexFormat.of().formatHex(digest.digest(circumstances.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
