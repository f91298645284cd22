package dev.lockstep.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Whether orders can be written to a database, by the last deed: an order's, or a rehearsal's if there was no order for a while. Times are
 * those of {@link System#nanoTime}. Thread-safe.
 */
final class Writability {

    /** A rehearsal costs the database a forced write. */
    static final Duration PERIOD = Duration.ofSeconds(10);

    /** One that was refused has forced nothing to the disk. */
    static final Duration AFTER_REFUSAL = Duration.ofSeconds(1);

    /** Longer than {@link WriteRehearsal#LIMIT}: who has not answered then does not keep to it. */
    static final Duration PATIENCE = Duration.ofSeconds(8);

    /**
     * Why not.
     *
     * @param since when the first rehearsal of those that failed began
     * @param reason why the last one failed
     */
    record Failure(Instant since, String reason) {}

    private long due;
    private boolean isRehearsing;
    private boolean isOutdated;
    private long began;
    private Instant since;
    private Failure failure;

    /** Nothing is known yet, and a rehearsal is due. */
    Writability(long now) {
        this.due = now;
    }

    /** Begins a rehearsal if one is due, and none is under way. Returns whether it has begun; then it must end. */
    synchronized boolean begin(long now) {
        if (isRehearsing || now - due < 0) {
            return false;
        }
        isRehearsing = true;
        isOutdated = false;
        began = now;
        since = Instant.now();
        return true;
    }

    /** The rehearsal was committed. Returns whether that is news. */
    synchronized boolean succeeded(long now) {
        isRehearsing = false;
        return ordered(now);
    }

    /** An order was committed, so of a rehearsal that is under way nothing worse is believed. Returns whether that is news. */
    synchronized boolean ordered(long now) {
        boolean isNews = failure != null;
        failure = null;
        isOutdated = true;
        due = now + PERIOD.toNanos();
        return isNews;
    }

    /** The rehearsal has failed; {@code mayHaveWritten}: it has perhaps cost a forced write. Returns whether that is news. */
    synchronized boolean failed(String reason, boolean mayHaveWritten) {
        isRehearsing = false;
        if (isOutdated) {
            return false;
        }
        boolean isNews = failure == null;
        failure = new Failure(isNews ? since : failure.since(), reason);
        due = began + (mayHaveWritten ? PERIOD : AFTER_REFUSAL).toNanos();
        return isNews;
    }

    /** {@return why no order can be written, or empty if one can as far as is known} */
    synchronized Optional<Failure> failure(long now) {
        boolean isOverdue = isRehearsing && !isOutdated && now - began >= PATIENCE.toNanos();
        return failure == null && isOverdue
                ? Optional.of(new Failure(since, "no answer to a write"))
                : Optional.ofNullable(failure);
    }
}
