package dev.lockstep.benchmarks;

import dev.lockstep.launcher.console.Steps;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Candidates that take turns, and all their rounds. */
final class Session {

    private final List<Candidate> candidates;
    private final Steps steps;
    private final List<Round> all = new ArrayList<>();

    Session(List<Candidate> candidates, Steps steps) {
        this.candidates = candidates;
        this.steps = steps;
    }

    /** Lets each candidate order until it is warm; who is warm waits for the others. */
    Map<Candidate, Warmth> warm(Parameters parameters) throws Exception {
        Map<Candidate, Warmth> warmth = new LinkedHashMap<>();
        candidates.forEach(candidate -> warmth.put(candidate, new Warmth()));
        for (int number = 1; number <= Warmth.MOST_ROUNDS; number++) {
            for (Candidate candidate : candidates) {
                if (!warmth.get(candidate).isWarm()) {
                    double before = Compilers.seconds();
                    Round round = round(candidate, parameters, "Warm-up " + number);
                    double compiling = Math.max(0, Compilers.seconds() - before); // some threads may have ended
                    warmth.get(candidate)
                            .add(
                                    round.load().perSecond(),
                                    compiling / round.load().seconds());
                }
            }
        }
        return warmth;
    }

    /**
     * Lets all take turns.
     *
     * @return the rounds that count, a list for each candidate
     */
    List<List<Round>> measure(Parameters parameters) throws Exception {
        List<List<Round>> counted = new ArrayList<>();
        candidates.forEach(candidate -> counted.add(new ArrayList<>()));
        for (int number = 1 - parameters.warmup(); number <= parameters.rounds(); number++) {
            for (int index : turns(number)) {
                Round round = round(
                        candidates.get(index),
                        parameters,
                        number > 0 ? "Round " + number + " of " + parameters.rounds() : "Warm-up");
                if (number > 0) {
                    counted.get(index).add(round);
                }
            }
        }
        return counted;
    }

    /** The one that begins changes; of more than two, also who comes after whom. */
    private List<Integer> turns(int number) {
        int size = candidates.size();
        List<Integer> turns = new ArrayList<>(IntStream.range(0, size)
                .mapToObj(turn -> (turn + Math.abs(number)) % size)
                .toList());
        if (size > 2) {
            Collections.shuffle(turns, new Random(number));
        }
        return turns;
    }

    private Round round(Candidate candidate, Parameters parameters, String title) throws Exception {
        Round round = candidate.round(parameters);
        all.add(round);
        steps.say(String.format(
                Locale.ROOT,
                "%s, %s: %.0f a second, %.0f served, p50 %.2f ms, p99 %.2f ms, %d refused%s",
                title,
                candidate.name(),
                round.load().perSecond(),
                round.servedPerSecond(),
                round.load().millis(50),
                round.load().millis(99),
                round.load().refusals().size(),
                round.load().refusals().stream()
                        .findFirst()
                        .map(first -> ": " + first)
                        .orElse("")));
        return round;
    }

    /** Looks for each order of each round, also of those to warm up. */
    void requireRightBooks() throws SQLException {
        List<String> errors = new ArrayList<>();
        for (Round round : all) {
            Books books = round.candidate().installation().books();
            books.errors(round).forEach(error -> errors.add(round.candidate().name() + ": " + error));
        }
        for (Books books : candidates.stream()
                .map(candidate -> candidate.installation().books())
                .distinct()
                .toList()) {
            errors.addAll(books.doubts());
        }
        if (!errors.isEmpty()) {
            throw new IllegalStateException("The books are wrong:\n" + String.join("\n", errors));
        }
    }
}
