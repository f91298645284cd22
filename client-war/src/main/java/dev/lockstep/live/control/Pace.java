package dev.lockstep.live.control;

import java.time.Duration;
import java.util.stream.LongStream;

/**
 * When to read again. A reading sums up all orders, so the longer their table gets, the longer a reading takes: rests of
 * {@value #REST_FACTOR} times its duration bound what it costs. Its duration is the shortest of the last three, for one of them may have
 * had to wait for something else. Times are those of {@link System#nanoTime}. For one thread at a time.
 */
final class Pace {

    static final Duration AFTER_CHANGE = Duration.ofMillis(250);
    /** Orders of other instances are seen by this alone. */
    static final Duration UNASKED = Duration.ofMillis(1500);

    static final Duration REST_MAX = Duration.ofSeconds(60);
    static final int REST_FACTOR = 30;

    private static final int REMEMBERED = 3;

    private final long[] durations = new long[REMEMBERED];
    private int readings;
    private boolean hasRead;
    private long began;
    private long restUntil;

    /** Tells whether a reading may begin; {@code isChanged}: something has happened since the last one began. */
    boolean isDue(long now, boolean isChanged) {
        Duration period = isChanged ? AFTER_CHANGE : UNASKED;
        return !hasRead || (now - restUntil >= 0 && now - began >= period.toNanos());
    }

    /** Notes a reading that got all its answers. */
    void succeeded(long beginning, long end) {
        hasRead = true;
        began = beginning;
        durations[readings++ % REMEMBERED] = end - beginning;
        long shortest = LongStream.of(durations).min().orElseThrow();
        restUntil = end + Math.min(REST_MAX.toNanos(), REST_FACTOR * shortest);
    }

    /** Notes a reading that a database did not answer; how long that took says nothing about what a reading costs. */
    void failed(long beginning, long end) {
        hasRead = true;
        began = beginning;
        restUntil = end + AFTER_CHANGE.toNanos();
    }

    /** Tells whether the last reading is as young as it would be had somebody listened all the time. */
    boolean isFresh(long now) {
        return hasRead && !isDue(now, false);
    }
}
