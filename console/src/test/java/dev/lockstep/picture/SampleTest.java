package dev.lockstep.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.journal.Stories;
import dev.lockstep.journal.Story;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Sample sample = new Sample();
    private int begun;

    private Story ended(Kind kind, Result result, int millis) {
        String globalId = "4871251_" + begun;
        Instant began = NOON.plusSeconds(begun++);
        return Stories.of(
                globalId,
                began,
                List.of(
                        event(kind, Moment.BEFORE, globalId, began, Result.NONE),
                        event(kind, Moment.AFTER, globalId, began.plusMillis(millis), result)));
    }

    private static TransactionEvent event(Kind kind, Moment moment, String globalId, Instant at, Result result) {
        return new TransactionEvent(kind, moment, globalId, "product", "C0", true, at, result, "");
    }

    private Story committed(int millis) {
        return ended(Kind.DECISION, Result.COMMIT, millis);
    }

    @Test
    void showsTheFirstFewAndTheSlowest_andCountsAll() {
        List<Story> first = IntStream.range(0, 5).mapToObj(i -> committed(8)).toList();
        first.forEach(sample::add);
        Story slowest = committed(90);
        List.of(committed(7), slowest, committed(9)).forEach(sample::add);
        Sample.Period period = sample.period();
        assertThat(period.ended()).isEqualTo(8);
        assertThat(period.shown()).hasSize(6).containsAll(first).contains(slowest);
        assertThat(sample.period()).isEqualTo(new Sample.Period(0, List.of()));
    }

    @Test
    void whatWasHealed_isNotCrowdedOutByWhatWasRefused() {
        IntStream.range(0, 100).forEach(i -> sample.add(ended(Kind.ROLLBACK, Result.ROLLBACK, 5)));
        Story healed = ended(Kind.RESOLVE, Result.COMMIT, 2);
        sample.add(healed);
        assertThat(sample.period().shown()).contains(healed).hasSizeLessThan(10);
    }

    @Test
    void whatWasShownOpen_isShownEnded() {
        Story open = committed(3);
        sample.shownOpen(List.of(open));
        IntStream.range(0, 20).forEach(i -> sample.add(committed(8)));
        sample.add(open);
        assertThat(sample.period().shown()).contains(open);
    }

    @Test
    void whoComesLater_stillSeesTheTrouble() {
        Story healed = ended(Kind.RESOLVE, Result.ROLLBACK, 2);
        sample.add(healed);
        IntStream.range(0, 200).forEach(i -> {
            sample.add(committed(8));
            sample.period();
        });
        assertThat(sample.kept()).contains(healed).hasSizeLessThan(100);
        assertThat(sample.kept()).isSortedAccordingTo((a, b) -> a.began().compareTo(b.began()));
    }
}
