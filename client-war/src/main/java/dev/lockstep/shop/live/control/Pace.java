package dev.lockstep.shop.live.control;

import java.time.Duration;
import java.util.stream.LongStream;

/**
 * When to read again. A rest of some times the reading's duration bounds what readings cost. Its duration is the shortest of the last three,
 * for one of them may have had to wait for something else. Times are those of {@link System#nanoTime}. For one thread at a time.
 */
final class Pace {

    static final Duration AFTER_CHANGE = Duration.ofMillis(250);
    /** Orders of other instances are seen by this alone; with the tick and the reading it is a second. */
    static final Duration UNASKED = Duration.ofMillis(900);

    private static final int REMEMBERED = 3;

    private final int restFactor;
    private final Duration restMax;
    private final long[] durations = new long[REMEMBERED];
    private int readings;
    private boolean hasRead;
    private long began;
    private long rest;
    private long restUntil;

    /** Rests so many times as long as a reading takes, but not longer than that. */
    Pace(int restFactor, Duration restMax) {
        this.restFactor = restFactor;
        this.restMax = restMax;
    }

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
        rest = Math.min(restMax.toNanos(), restFactor * shortest);
        restUntil = end + rest;
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

    /** The rest after the last reading that got all its answers. */
    Duration rest() {
        return Duration.ofNanos(rest);
    }
}
