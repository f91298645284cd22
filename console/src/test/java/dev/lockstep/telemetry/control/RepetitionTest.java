package dev.lockstep.telemetry.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepetitionTest {

    private final AtomicLong clock = new AtomicLong();
    private final Repetition repetition = new Repetition(clock::get);

    @Test
    void oneKind_isWrittenThirtyTimes_andThenCounted() {
        assertThat(written(100, line("a.Guard", Level.WARNING)))
                .hasSize(31)
                .last()
                .isEqualTo("More lines like the 30 of this minute are counted, not written");
        assertThat(written(1, line("a.Guard", Level.INFO))).as("another level").containsExactly("x");
        assertThat(written(1, line("b.Guard", Level.WARNING)))
                .as("another logger")
                .containsExactly("x");
        LogRecord thrown = line("a.Guard", Level.WARNING);
        thrown.setThrown(new IllegalStateException());
        assertThat(written(1, thrown)).as("another reason").containsExactly("x");
    }

    /** Whichever line comes next brings the count. */
    @Test
    void afterAMinute_theCountIsTold_andLinesAreWrittenAgain() {
        written(100, line("a.Guard", Level.WARNING));
        clock.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(written(1, line("a.Guard", Level.WARNING))).isEmpty();
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(repetition.toWrite(line("b.Guard", Level.INFO)))
                .extracting(LogRecord::getLoggerName, LogRecord::getLevel, LogRecord::getMessage)
                .containsExactly(
                        tuple("a.Guard", Level.WARNING, "71 more lines like the 30 before were counted, not written"),
                        tuple("b.Guard", Level.INFO, "x"));
        assertThat(written(1, line("a.Guard", Level.WARNING))).containsExactly("x");
    }

    @Test
    void participantsLines_areAllWritten() {
        assertThat(written(100, line("dev.lockstep.participant.resolver.Settlement", Level.INFO)))
                .hasSize(100);
    }

    private List<String> written(int times, LogRecord line) {
        return IntStream.range(0, times)
                .boxed()
                .flatMap(i -> repetition.toWrite(line).stream())
                .map(LogRecord::getMessage)
                .toList();
    }

    private static LogRecord line(String logger, Level level) {
        LogRecord line = new LogRecord(level, "x");
        line.setLoggerName(logger);
        return line;
    }
}
