package dev.lockstep.shop.live.control;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * Something that is read again and again while somebody looks, one reading at a time, on another thread than the one that asks for it. For
 * one thread at a time, but for {@link #changed}.
 */
final class Beat {

    private static final Logger LOG = System.getLogger(Beat.class.getName());

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Pace pace;
    private final Runnable reading;
    private volatile boolean isChanged;
    private boolean isReading;
    private Instant since;
    private long began;

    /** What is read must tell when it has {@link #ended}. */
    Beat(Pace pace, Runnable reading) {
        this.pace = pace;
        this.reading = reading;
    }

    /** Something has happened that the next reading will find. Any thread may say so. */
    void changed() {
        isChanged = true;
    }

    /** Begins a reading if it is time for one. */
    void tick(long now, Executor readers) {
        if (!isReading && pace.isDue(now, isChanged)) {
            isChanged = false;
            since = Instant.now();
            began = now;
            try {
                readers.execute(reading);
                isReading = true;
            } catch (RuntimeException | Error e) { // no thread for it; the signs of life go on
                LOG.log(Level.WARNING, "The shop cannot be read now", e);
                pace.failed(now, now);
            }
        }
    }

    /** The reading that was begun is over; {@code isWhole}: it got all its answers. */
    void ended(boolean isWhole) {
        isReading = false;
        if (isWhole) {
            pace.succeeded(began, System.nanoTime());
        } else {
            pace.failed(began, System.nanoTime());
        }
    }

    /** Tells whether a reading waits for an answer for longer than it should. */
    boolean isStuck(long now) {
        return isReading && now - began > PATIENCE.toNanos();
    }

    /** When the last reading began. */
    Instant since() {
        return since;
    }

    /** Tells whether what was read last is as young as it would be had somebody listened all the time. */
    boolean isFresh(long now) {
        return pace.isFresh(now);
    }

    /** The rest after the last whole reading. */
    Duration rest() {
        return pace.rest();
    }
}
