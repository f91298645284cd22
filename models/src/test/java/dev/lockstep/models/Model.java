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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A protocol in Promela, and what is asked of it.
 *
 * @param name of its file, without the ending
 * @param smallBound the macro that makes its state space small, yet leaves it every process and every fault
 * @param isToldAtRun whether its verifier is told the shape and the broken rule when it runs, so that one serves for all
 * @param checks the questions
 */
record Model(String name, String smallBound, boolean isToldAtRun, List<Check> checks) {

    private static final Pattern INCLUDE = Pattern.compile("^#include \"(.*)\"$", Pattern.MULTILINE);

    private static final Model COMMIT_PROTOCOL = new Model(
            "commit-protocol",
            "FOLLOWERS=1",
            false,
            List.of(
                    Check.ofAssertions("safety")
                            .withStates(1_800_000, 8_000_000)
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
                            .withStates(1_200_000, 10_000_000)
                            .noticing("LOCK_ALONE", "ONLY_UNKNOWN")));

    private static final Model FLOW = new Model("flow", "SMALL", true, flowChecks());

    private static final Model FLOW_THREADS = new Model(
            "flow-threads",
            "SMALL",
            true,
            List.of(
                    Check.ofFormula("settles")
                            .in("SAME_ORDER")
                            .withStates(150, 150)
                            .noticing("ONE_LANE"),
                    Check.ofFormula("settles")
                            .in("OPPOSITE_ORDER")
                            .withStates(300, 300)
                            .noticing("NO_BUDGET"),
                    Check.ofFormula("settles")
                            .in("CROSSING")
                            .withStates(200, 200)
                            .noticing("LISTENER_WAITS")));

    static final List<Model> ALL = List.of(COMMIT_PROTOCOL, FLOW, FLOW_THREADS);

    private static List<Check> flowChecks() {
        return List.of(
                Check.ofAssertions("safety")
                        .in("TWO_CALLEES")
                        .withStates(400_000, 400_000)
                        .noticing(
                                "NO_HANDLE",
                                "NO_CALL_ID",
                                "LOST_WORK_GOES_ON",
                                "FOLLOWER_FIRST",
                                "VOTE_EARLY",
                                "IMPORT_COMMITS",
                                "PATIENT_FOLLOWER",
                                "UNKNOWN_IS_NO",
                                "READS_SWAPPED",
                                "FORGET_UNASKED",
                                "FORGET_UNREAD",
                                "EAGER_FORGETTING",
                                "NO_TOMBSTONE",
                                "ROLLBACK_AFTER_PREPARE",
                                "NO_BARRIER",
                                "FOREIGN_RESOURCE",
                                "WORKS_ON",
                                "BLIND_NO",
                                "CLOCK_STEPS",
                                "ANY_PEER_COMMITS",
                                "ANY_PEER_FORGETS",
                                "ANY_PEER_ANSWERS",
                                "STATUS_IS_FACT",
                                "GONE_IS_DONE"),
                Check.ofAssertions("safety")
                        .in("HOLDING")
                        .withStates(50_000, 50_000)
                        .noticing("COMMITTED_IS_DONE"),
                Check.ofAssertions("safety")
                        .in("FOLLOWING")
                        .withStates(60_000, 60_000)
                        .noticing("READS_SWAPPED"),
                Check.ofAssertions("safety")
                        .in("CHAIN")
                        .withStates(0, 1_000_000)
                        .noticing("FOLLOW_FIRST", "TELL_EARLY", "NO_HANDLE", "FORGET_AT_HOLDER", "BELIEVE_ROLLBACK"),
                Check.ofAssertions("safety")
                        .in("SUB_FOLLOWER")
                        .withStates(0, 4_000_000)
                        .noticing("COMMITTED_IS_DONE"),
                Check.ofAssertions("safety")
                        .in("ROUTER")
                        .withStates(300_000, 300_000)
                        .noticing("UNKNOWN_IS_NO", "ROUTER_ASKS_LATE"),
                Check.ofAssertions("safety")
                        .in("FOLLOWING_ROUTER")
                        .withStates(0, 700_000)
                        .noticing("COMMITTED_IS_DONE"),
                Check.ofAssertions("safety")
                        .in("DIAMOND")
                        .withStates(0, 1_000_000)
                        .noticing("EAGER_FORGETTING"),
                Check.ofAssertions("safety")
                        .in("DIAMOND_TURNED")
                        .withStates(0, 2_000_000)
                        .noticing("UNKNOWN_IS_NO"),
                Check.ofAssertions("safety")
                        .in("LOOP")
                        .withStates(150_000, 150_000)
                        .noticing("FORGET_UNREAD"),
                Check.ofFormula("settles")
                        .in("TWO_CALLEES")
                        .alwaysWith("NO_DEATHS")
                        .withStates(0, 80_000)
                        .noticing("NO_REAPER", "NO_PATIENCE", "GATE_KEEPS_ASKING"),
                Check.ofFormula("settles").in("HOLDING").smallWith("NO_DEATHS").withStates(20_000, 20_000),
                Check.ofFormula("settles")
                        .in("FOLLOWING")
                        .smallWith("NO_DEATHS")
                        .withStates(20_000, 20_000),
                Check.ofFormula("settles").in("CHAIN").alwaysWith("NO_DEATHS").withStates(0, 100_000),
                Check.ofFormula("settles").in("ROUTER").alwaysWith("NO_DEATHS").withStates(0, 100_000),
                Check.ofFormula("settles")
                        .in("LOOP")
                        .smallWith("NO_DEATHS")
                        .withStates(30_000, 30_000)
                        .noticing("WAITS_FOR_ITSELF"));
    }

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
                checks.stream()
                        .filter(check -> check.isWithin(bound))
                        .map(check -> new Exploration(this, bound, check, "")),
                checks.stream().flatMap(check -> check.broken().stream()
                        .map(rule -> new Exploration(this, bound, check, rule))));
    }

    String sha256() {
        return sha256With("");
    }

    /** The hash of the file, of what it includes, and of what else decides about a result. */
    String sha256With(String circumstances) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String text = Files.readString(file());
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            for (MatchResult include : INCLUDE.matcher(text).results().toList()) {
                digest.update(Files.readAllBytes(file().resolveSibling(include.group(1))));
            }
            return HexFormat.of().formatHex(digest.digest(circumstances.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
