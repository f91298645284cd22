package dev.lockstep.telemetry.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import java.time.Instant;
import java.util.UUID;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ContextFormatterTest {

    private static final UUID ORDER = UUID.fromString("6f1c2b1e-98a4-4f6e-9d64-3a7f5f0d1c11");

    @AfterEach
    void nothingIsKnownOfTheNextThread() {
        RequestContext.end();
        assertThat(text("a line\n")).isEqualTo("a line\n");
    }

    @Test
    void withoutARequest_aLineStaysAsItIs() {
        assertThat(text("a line\n")).isEqualTo("a line\n");
        assertThat(text("{\"LogMessage\":\"x\"}\n")).isEqualTo("{\"LogMessage\":\"x\"}\n");
    }

    @Test
    void textGetsABracket_atTheEndOfItsFirstLine() {
        RequestContext.begin("0af7651916cd43dd8448eb211c80319c");
        RequestContext.isAbout(ORDER);
        RequestContext.note(event(Kind.START, Moment.BEFORE, "product", Result.NONE));

        String bracket = "[order=" + ORDER + " tx=g1 participant=product phase=WORK"
                + " trace=0af7651916cd43dd8448eb211c80319c]";
        assertThat(text("a line\n\n")).isEqualTo("a line " + bracket + "\n\n");
        assertThat(text("head [[\n  a line\n  more]]\n")).isEqualTo("head " + bracket + " [[\n  a line\n  more]]\n");
        assertThat(text("no line end")).isEqualTo("no line end " + bracket);
        assertThat(text("")).isEmpty();
    }

    @Test
    void jsonGetsMembers() {
        RequestContext.begin("");
        RequestContext.isAbout(ORDER);
        assertThat(text("{\"LogMessage\":\"a } b\"}\n"))
                .isEqualTo("{\"LogMessage\":\"a } b\",\"orderId\":\"" + ORDER + "\"}\n");
    }

    @Test
    void exceptionInJson_doesNotHideTheMessage() {
        LogRecord thrown = new LogRecord(Level.WARNING, "Order {0} \"failed\"");
        thrown.setParameters(new Object[] {"x"});
        thrown.setThrown(new IllegalStateException());
        Formatter hiding = new Formatter() {
            @Override
            public String format(LogRecord record) {
                return "{\"Throwable\":{\"StackTrace\":\"…\"}}\n";
            }

            @Override
            public String formatMessage(LogRecord record) {
                return format(record); // as Payara's does
            }
        };
        assertThat(new ContextFormatter(hiding).format(thrown))
                .isEqualTo("{\"Throwable\":{\"StackTrace\":\"…\"},\"LogMessage\":\"Order x \\\"failed\\\"\"}\n");
    }

    /** Scenario: somebody sends what is refused, and logged, a thousand times. Expected outcome: thirty lines, and one that says why no more. */
    @Test
    void refusalsInNumbers_areCounted() {
        Formatter lines = new Formatter() {
            @Override
            public String format(LogRecord record) {
                return record.getMessage() + "\n";
            }
        };
        ContextFormatter formatter = new ContextFormatter(lines);
        RequestContext.begin("");
        RequestContext.isAbout(ORDER);
        String log = IntStream.range(0, 1000)
                .mapToObj(i -> formatter.format(new LogRecord(Level.WARNING, "refused \u001b[2J" + i)))
                .collect(Collectors.joining());
        assertThat(log.lines()).hasSize(31);
        assertThat(log.lines()).first().isEqualTo("refused \\u001b[2J0 [order=" + ORDER + "]");
        assertThat(log.lines()).last().isEqualTo("More lines like the 30 of this minute are counted, not written");
    }

    @Test
    void failedStep_isToldUntilTheNextTransaction() {
        RequestContext.begin("");
        step(Kind.START, "product", Result.NONE);
        step(Kind.START, "orders", Result.NONE);
        assertThat(text("x")).isEqualTo("x [tx=g1 participant=product,orders phase=WORK]");
        step(Kind.PREPARE, "product", Result.PREPARED);
        assertThat(text("x")).isEqualTo("x [tx=g1 phase=PREPARE]");
        step(Kind.PREPARE, "orders", Result.REFUSED);
        assertThat(text("x")).isEqualTo("x [tx=g1 participant=orders phase=PREPARE]");
        RequestContext.note(event(Kind.ROLLBACK, Moment.BEFORE, "product", Result.NONE));
        assertThat(text("x")).isEqualTo("x [tx=g1 participant=product phase=ROLLBACK]");
        RequestContext.note(event(Kind.ROLLBACK, Moment.AFTER, "product", Result.ROLLBACK));
        assertThat(text("x")).isEqualTo("x [tx=g1 participant=orders phase=PREPARE]");

        RequestContext.note(event(Kind.START, Moment.BEFORE, "g2", "orders", Result.NONE));
        assertThat(text("x")).isEqualTo("x [tx=g2 participant=orders phase=WORK]");
    }

    /** The resolver's thread is nobody's request. */
    @Test
    void outsideOfARequest_aStepIsKnownWhileItIsTaken() {
        RequestContext.note(event(Kind.RESOLVE, Moment.BEFORE, "orders", Result.ROLLBACK));
        assertThat(text("x")).isEqualTo("x [tx=g1 participant=orders phase=RESOLVE]");
        RequestContext.note(event(Kind.RESOLVE, Moment.AFTER, "orders", Result.ROLLBACK));
        assertThat(text("x")).isEqualTo("x");
    }

    private static void step(Kind kind, String participant, Result result) {
        RequestContext.note(event(kind, Moment.BEFORE, participant, Result.NONE));
        RequestContext.note(event(kind, Moment.AFTER, participant, result));
    }

    private static TransactionEvent event(Kind kind, Moment moment, String participant, Result result) {
        return event(kind, moment, "g1", participant, result);
    }

    private static TransactionEvent event(
            Kind kind, Moment moment, String globalId, String participant, Result result) {
        return new TransactionEvent(kind, moment, globalId, participant, "C0", true, Instant.EPOCH, result, "");
    }

    private static String text(String written) {
        Formatter fixed = new Formatter() {
            @Override
            public String format(LogRecord record) {
                return written;
            }
        };
        return new ContextFormatter(fixed).format(new LogRecord(Level.INFO, "message"));
    }
}
