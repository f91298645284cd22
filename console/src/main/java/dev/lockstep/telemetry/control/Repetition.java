package dev.lockstep.telemetry.control;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Lets a kind of line be written thirty times a minute, and counts the others: whoever is refused again and again shall not fill a disk, nor
 * bury what matters. Of a kind are the lines of one logger and level, with the same exception if there is one. The participant's lines, each
 * of which tells of another transaction, are all written. Thread-safe.
 */
final class Repetition {

    private static final int WRITTEN = 30;
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final String NEVER_COUNTED = "dev.lockstep.participant";

    private final LongSupplier nanoTime;
    private final Map<Kind, Count> counts = new HashMap<>();

    private record Kind(String logger, Level level, String thrown) {

        static Kind of(LogRecord line) {
            return new Kind(
                    line.getLoggerName() == null ? "" : line.getLoggerName(),
                    line.getLevel(),
                    line.getThrown() == null ? "" : line.getThrown().getClass().getName());
        }

        LogRecord line(String message) {
            LogRecord line = new LogRecord(level, message);
            line.setLoggerName(logger);
            return line;
        }
    }

    private static final class Count {
        private final long since;
        private int lines;

        Count(long since) {
            this.since = since;
        }
    }

    /**
     * Has counted nothing yet.
     *
     * @param nanoTime a clock that only goes forward
     */
    Repetition(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Counts a line.
     *
     * @param line the line
     * @return what to write instead of it: the counts of the minutes that are over, then the line, unless it is one too many
     */
    synchronized List<LogRecord> toWrite(LogRecord line) {
        Kind kind = Kind.of(line);
        if (kind.logger().startsWith(NEVER_COUNTED)) {
            return List.of(line);
        }
        long now = nanoTime.getAsLong();
        List<LogRecord> due = new ArrayList<>(endedMinutes(now));
        Count count = counts.computeIfAbsent(kind, unseen -> new Count(now));
        count.lines++;
        if (count.lines <= WRITTEN) {
            due.add(line);
        } else if (count.lines == WRITTEN + 1) {
            due.add(kind.line("More lines like the " + WRITTEN + " of this minute are counted, not written"));
        }
        return due;
    }

    private List<LogRecord> endedMinutes(long now) {
        List<LogRecord> ended = new ArrayList<>();
        counts.entrySet().removeIf(counted -> {
            boolean isOver = now - counted.getValue().since >= MINUTE;
            int more = counted.getValue().lines - WRITTEN;
            if (isOver && more > 0) {
                ended.add(counted.getKey()
                        .line(more + " more lines like the " + WRITTEN + " before were counted, not written"));
            }
            return isOver;
        });
        return ended;
    }
}
