package dev.lockstep.console.control;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** How long clients waited, exact to three digits; whoever adds never waits. Thread-safe. */
final class ResponseTimes {

    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;

    private final Recorder recorder = new Recorder(LONGEST_MICROS, DIGITS);
    private final Histogram all = new Histogram(LONGEST_MICROS, DIGITS);
    private Histogram latest;

    void add(Duration response) {
        recorder.recordValue(Math.max(0, Math.min(LONGEST_MICROS, TimeUnit.NANOSECONDS.toMicros(response.toNanos()))));
    }

    synchronized void reset() {
        recorder.reset();
        all.reset();
    }

    synchronized Summary summary() {
        latest = recorder.getIntervalHistogram(latest);
        all.add(latest);
        return new Summary(
                all.getTotalCount(),
                millis(all.getMinValue()),
                millis(Math.round(all.getMean())),
                millis(all.getValueAtPercentile(99)),
                millis(all.getMaxValue()));
    }

    private static double millis(long micros) {
        return micros / 1000.0;
    }

    /**
     * The times in milliseconds, all 0 if there are none.
     *
     * @param count of how many answers
     * @param min the shortest
     * @param average the mean
     * @param p99 all but one in a hundred were answered within this time
     * @param max the longest
     */
    public record Summary(long count, double min, double average, double p99, double max) {}
}
