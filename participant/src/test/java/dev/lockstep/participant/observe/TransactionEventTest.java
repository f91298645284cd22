package dev.lockstep.participant.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransactionEventTest {

    private static TransactionEvent event(Kind kind, Moment moment, Result result) {
        return new TransactionEvent(kind, moment, "4871251_x", "product", "C0", true, Instant.EPOCH, result, "");
    }

    /** Tools read these words; a rollback has three. */
    @ParameterizedTest
    @CsvSource({
        "START, NONE, ''",
        "PREPARE, READ_ONLY, READ_ONLY",
        "DECISION, COMMIT, COMMIT",
        "DECISION, ROLLBACK, ABORT",
        "COMMIT, COMMIT_PENDING, COMMIT_PENDING",
        "COMMIT, ROLLBACK, ABORT",
        "ROLLBACK, ROLLBACK, DONE",
        "ROLLBACK, NOT_THERE, NOT_THERE",
        "RESOLVE, ROLLBACK, ROLLBACK"
    })
    void outcome_isTheWordThatToolsKnow(Kind kind, Result result, String word) {
        assertThat(event(kind, Moment.AFTER, result).outcome()).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({
        "START, NONE",
        "END, NONE",
        "PREPARE, PREPARED READ_ONLY",
        "DECISION, COMMIT",
        "COMMIT, COMMIT",
        "ROLLBACK, ROLLBACK NOT_THERE",
        "RESOLVE, COMMIT ROLLBACK",
        "FORGET, NONE"
    })
    void step_thatDidNotDoWhatItIsFor_isAFailure(Kind kind, String successes) {
        assertThat(Arrays.stream(Result.values())
                        .filter(result -> !event(kind, Moment.AFTER, result).isFailure())
                        .map(Result::name))
                .containsExactlyInAnyOrder(successes.split(" "));
        assertThat(Result.values())
                .noneMatch(result -> event(kind, Moment.BEFORE, result).isFailure());
    }
}
