package dev.lockstep.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoryTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Story story = new Story("4871251_x", NOON, Optional.empty());
    private int millis;

    private State after(Moment moment, Kind kind, String branch, String outcome) {
        String participant = branch.startsWith("C") ? "product" : "orders";
        story.add(new TransactionEvent(
                kind, moment, story.globalId(), participant, branch, NOON.plusMillis(millis++), outcome));
        return story.state();
    }

    private State step(Kind kind, String branch, String outcome) {
        after(Moment.BEFORE, kind, branch, "");
        return after(Moment.AFTER, kind, branch, outcome);
    }

    private void work() {
        step(Kind.START, "C0", "");
        step(Kind.START, "F1", "");
        step(Kind.END, "C0", "");
        step(Kind.END, "F1", "");
    }

    @Test
    void commit_goesThroughTheStatesOfTheTextbook() {
        work();
        assertThat(story.state()).isEqualTo(State.ACTIVE);
        assertThat(after(Moment.BEFORE, Kind.PREPARE, "C0", "")).isEqualTo(State.PREPARING);
        assertThat(after(Moment.AFTER, Kind.PREPARE, "C0", "PREPARED")).isEqualTo(State.PREPARING);
        assertThat(step(Kind.PREPARE, "F1", "PREPARED")).isEqualTo(State.PREPARED);
        assertThat(after(Moment.BEFORE, Kind.DECISION, "C0", "")).isEqualTo(State.COMMITTING);
        assertThat(after(Moment.AFTER, Kind.DECISION, "C0", "COMMIT")).isEqualTo(State.COMMITTING);
        assertThat(step(Kind.COMMIT, "F1", "COMMIT")).isEqualTo(State.COMMITTED);
        assertThat(story.isOver()).isTrue();
        assertThat(story.commitPoint()).isEqualTo("product");
        assertThat(story.steps())
                .extracting(step -> step.kind() + " " + step.branch())
                .containsExactly("WORK C0", "WORK F1", "PREPARE C0", "PREPARE F1", "DECISION C0", "COMMIT F1");
        assertThat(story.steps()).noneMatch(Step::isOpen);
        assertThat(story.age(NOON.plusSeconds(60))).isEqualTo(Duration.ofMillis(millis - 1L));
    }

    @Test
    void whatAnOperatorSettles_isToldApartFromWhatTheResolverDoes() {
        work();
        step(Kind.PREPARE, "C0", "PREPARED");
        step(Kind.PREPARE, "F1", "PREPARED");
        step(Kind.RESOLVE, "C0", "ROLLBACK");
        for (Moment moment : Moment.values()) {
            story.add(
                    new TransactionEvent(
                            Kind.RESOLVE, moment, story.globalId(), "orders", "F1", NOON.plusSeconds(1), "ROLLBACK"),
                    true);
        }
        assertThat(story.state()).isEqualTo(State.ABORTED);
        assertThat(story.steps().stream().filter(step -> step.kind() == Step.Kind.RESOLVE))
                .extracting(Step::isByOperator)
                .containsExactly(false, true);
    }

    @Test
    void voteNo_abortsTheOthers() {
        work();
        step(Kind.PREPARE, "C0", "PREPARED");
        assertThat(step(Kind.PREPARE, "F1", "votes no: deferred constraint")).isEqualTo(State.ABORTING);
        assertThat(step(Kind.ROLLBACK, "C0", "DONE")).isEqualTo(State.ABORTED);
    }

    /** What wrote nothing has ended with its vote, and goes with either decision. */
    @Test
    void readOnlyBranch_isOverWithItsVote() {
        work();
        step(Kind.PREPARE, "C0", "PREPARED");
        assertThat(step(Kind.PREPARE, "F1", "READ_ONLY")).isEqualTo(State.PREPARED);
        assertThat(step(Kind.ROLLBACK, "C0", "DONE")).isEqualTo(State.ABORTED);
        assertThat(story.isOver()).isTrue();
    }

    @Test
    void transactionThatOnlyReads_isOverWithItsVotes() {
        work();
        step(Kind.PREPARE, "C0", "READ_ONLY");
        assertThat(step(Kind.PREPARE, "F1", "READ_ONLY")).isEqualTo(State.COMMITTED);
        assertThat(story.isOver()).isTrue();
    }

    @Test
    void prepareWithoutAnswer_isNotOverBeforeItsRollback() {
        work();
        step(Kind.PREPARE, "C0", "PREPARED");
        step(Kind.PREPARE, "F1", "NO_ANSWER");
        assertThat(step(Kind.ROLLBACK, "C0", "DONE")).isEqualTo(State.ABORTING);
        assertThat(step(Kind.ROLLBACK, "F1", "NO_ANSWER")).isEqualTo(State.IN_DOUBT);
        assertThat(step(Kind.RESOLVE, "F1", "ROLLBACK")).isEqualTo(State.ABORTED);
    }

    @Test
    void followerLeftToTheResolver_isInDoubtUntilThen() {
        work();
        step(Kind.PREPARE, "C0", "PREPARED");
        step(Kind.PREPARE, "F1", "PREPARED");
        step(Kind.DECISION, "C0", "COMMIT");
        assertThat(step(Kind.COMMIT, "F1", "COMMIT_PENDING")).isEqualTo(State.IN_DOUBT);
        assertThat(step(Kind.RESOLVE, "F1", "cannot connect")).isEqualTo(State.IN_DOUBT);
        assertThat(step(Kind.RESOLVE, "F1", "COMMIT")).isEqualTo(State.COMMITTED);
        assertThat(story.isResolved()).isTrue();
    }

    @Test
    void unknownDecision_isInDoubt() {
        work();
        step(Kind.PREPARE, "C0", "PREPARED");
        step(Kind.PREPARE, "F1", "PREPARED");
        assertThat(step(Kind.DECISION, "C0", "UNKNOWN")).isEqualTo(State.IN_DOUBT);
        step(Kind.COMMIT, "F1", "UNKNOWN");
        assertThat(step(Kind.RESOLVE, "C0", "ROLLBACK")).isEqualTo(State.IN_DOUBT);
        assertThat(step(Kind.RESOLVE, "F1", "ROLLBACK")).isEqualTo(State.ABORTED);
    }

    @Test
    void whatAnotherInstanceSettles_isLeft_andEndsAsItsOtherBranchesDid() {
        work();
        step(Kind.PREPARE, "C0", "PREPARED");
        step(Kind.PREPARE, "F1", "PREPARED");
        step(Kind.DECISION, "C0", "COMMIT");
        assertThat(story.isLeft(NOON.plusSeconds(60))).isFalse();
        step(Kind.COMMIT, "F1", "COMMIT_PENDING");
        assertThat(story.isLeft(NOON)).isFalse();
        assertThat(story.isLeft(NOON.plusSeconds(60))).isTrue();
        story.settledElsewhere();
        assertThat(story.isOver()).isTrue();
        assertThat(story.isSettledElsewhere()).isTrue();
        assertThat(story.state()).isEqualTo(State.COMMITTED);
    }

    @Test
    void settledElsewhereWithoutAWordOfIt_isOver_butHowIsNotKnown() {
        work();
        step(Kind.PREPARE, "C0", "PREPARED");
        step(Kind.PREPARE, "F1", "PREPARED");
        step(Kind.DECISION, "C0", "UNKNOWN");
        step(Kind.COMMIT, "F1", "UNKNOWN");
        story.settledElsewhere();
        assertThat(story.isOver()).isTrue();
        assertThat(story.state()).isEqualTo(State.IN_DOUBT);
    }

    @Test
    void whatIsKnownFromTheResolverAlone_isForeign_andMayHaveMoreBranches() {
        step(Kind.RESOLVE, "C0", "ROLLBACK");
        assertThat(story.isForeign()).isTrue();
        assertThat(story.state()).isEqualTo(State.ABORTED);
        assertThat(story.isLeft(NOON.plusSeconds(60))).isTrue();
        story.settledElsewhere();
        assertThat(story.isSettledElsewhere()).isFalse();
    }

    @Test
    void attemptsThatEndAlike_areKeptTwice_howeverManyThereAre() {
        step(Kind.RESOLVE, "F1", "no answer");
        for (int i = 0; i < 10; i++) {
            step(Kind.RESOLVE, "F1", "refused");
        }
        step(Kind.RESOLVE, "F1", "COMMIT");
        assertThat(story.steps())
                .extracting(Step::outcome)
                .containsExactly("no answer", "refused", "refused", "COMMIT");
        assertThat(story.steps().get(2).from()).isEqualTo(NOON.plusMillis(millis - 4L));
    }
}
