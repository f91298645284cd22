package dev.lockstep.console.control;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * How long clients waited, counted since the start in buckets that Prometheus can subtract and add up: all that is told of them is of the same
 * answers. Thread-safe.
 */
final class ResponseBuckets {

    /** The limits of the buckets, in seconds; the last bucket has none. */
    static final List<Double> LIMITS =
            List.of(0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0);

    private final List<LongAdder> answers =
            Stream.generate(LongAdder::new).limit(LIMITS.size() + 1).toList();
    private final LongAdder nanos = new LongAdder();

    void add(Duration response) {
        double seconds = seconds(response.toNanos());
        long below = LIMITS.stream().filter(limit -> limit < seconds).count();
        answers.get((int) below).increment();
        nanos.add(response.toNanos());
    }

    /** {@return how many clients waited no longer than this limit, by its place in the list} */
    long within(int limit) {
        return answers.subList(0, limit + 1).stream().mapToLong(LongAdder::sum).sum();
    }

    /** {@return how many clients waited} */
    long count() {
        return within(LIMITS.size());
    }

    /** {@return how long they waited together, in seconds} */
    double sum() {
        return seconds(nanos.sum());
    }

    private static double seconds(long nanos) {
        return nanos / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
