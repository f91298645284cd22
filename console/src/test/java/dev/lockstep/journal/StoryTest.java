package dev.lockstep.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.Subject;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoryTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Story story = new Story("4871251_x", NOON, Optional.empty());
    private int millis;

    private State after(Moment moment, Kind kind, String branch, Result result) {
        return after(moment, kind, branch, result, "");
    }

    private State after(Moment moment, Kind kind, String branch, Result result, String detail) {
        boolean isCommitPoint = branch.equals("C0");
        story.add(new TransactionEvent(
                kind,
                moment,
                story.globalId(),
                isCommitPoint ? "product" : "orders",
                branch,
                isCommitPoint,
                NOON.plusMillis(millis++),
                result,
                detail));
        return story.state();
    }

    private State step(Kind kind, String branch, Result result) {
        return step(kind, branch, result, "");
    }

    private State step(Kind kind, String branch, Result result, String detail) {
        after(Moment.BEFORE, kind, branch, Result.NONE);
        return after(Moment.AFTER, kind, branch, result, detail);
    }

    private void work() {
        step(Kind.START, "C0", Result.NONE);
        step(Kind.START, "F1", Result.NONE);
        step(Kind.END, "C0", Result.NONE);
        step(Kind.END, "F1", Result.NONE);
    }

    /** One database alone is mostly a look; its application says when it is more. */
    @Test
    void oneDatabaseAlone_isShownIfItHasASubject() {
        after(Moment.BEFORE, Kind.START, "C0", Result.NONE);
        assertThat(story.isDistributed()).isFalse();
        story.add(new TransactionEvent(
                Kind.END,
                Moment.AFTER,
                story.globalId(),
                "product",
                "C0",
                true,
                NOON,
                Result.NONE,
                "",
                List.of(new Subject("t1", "Rent", Map.of()))));
        assertThat(story.isDistributed()).isTrue();
    }

    @Test
    void commit_goesThroughTheStatesOfTheTextbook() {
        work();
        assertThat(story.state()).isEqualTo(State.ACTIVE);
        assertThat(after(Moment.BEFORE, Kind.PREPARE, "C0", Result.NONE)).isEqualTo(State.PREPARING);
        assertThat(after(Moment.AFTER, Kind.PREPARE, "C0", Result.PREPARED)).isEqualTo(State.PREPARING);
        assertThat(step(Kind.PREPARE, "F1", Result.PREPARED)).isEqualTo(State.PREPARED);
        assertThat(after(Moment.BEFORE, Kind.DECISION, "C0", Result.NONE)).isEqualTo(State.COMMITTING);
        assertThat(after(Moment.AFTER, Kind.DECISION, "C0", Result.COMMIT)).isEqualTo(State.COMMITTING);
        assertThat(step(Kind.COMMIT, "F1", Result.COMMIT)).isEqualTo(State.COMMITTED);
        assertThat(story.isOver()).isTrue();
        assertThat(story.commitPoint()).isEqualTo("product");
        assertThat(story.steps())
                .extracting(step -> step.kind() + " " + step.member().branch())
                .containsExactly("WORK C0", "WORK F1", "PREPARE C0", "PREPARE F1", "DECISION C0", "COMMIT F1");
        assertThat(story.steps()).noneMatch(Step::isOpen);
        assertThat(story.age(NOON.plusSeconds(60))).isEqualTo(Duration.ofMillis(millis - 1L));
    }

    @Test
    void whatAnOperatorSettles_isToldApartFromWhatTheResolverDoes() {
        work();
        step(Kind.PREPARE, "C0", Result.PREPARED);
        step(Kind.PREPARE, "F1", Result.PREPARED);
        step(Kind.RESOLVE, "C0", Result.ROLLBACK);
        for (Moment moment : Moment.values()) {
            story.add(
                    new TransactionEvent(
                            Kind.RESOLVE,
                            moment,
                            story.globalId(),
                            "orders",
                            "F1",
                            false,
                            NOON.plusSeconds(1),
                            Result.ROLLBACK,
                            ""),
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
        step(Kind.PREPARE, "C0", Result.PREPARED);
        assertThat(step(Kind.PREPARE, "F1", Result.REFUSED, "votes no: deferred constraint"))
                .isEqualTo(State.ABORTING);
        assertThat(step(Kind.ROLLBACK, "C0", Result.ROLLBACK)).isEqualTo(State.ABORTED);
    }

    /** What wrote nothing has ended with its vote, and goes with either decision. */
    @Test
    void readOnlyBranch_isOverWithItsVote() {
        work();
        step(Kind.PREPARE, "C0", Result.PREPARED);
        assertThat(step(Kind.PREPARE, "F1", Result.READ_ONLY)).isEqualTo(State.PREPARED);
        assertThat(step(Kind.ROLLBACK, "C0", Result.ROLLBACK)).isEqualTo(State.ABORTED);
        assertThat(story.isOver()).isTrue();
    }

    @Test
    void transactionThatOnlyReads_isOverWithItsVotes() {
        work();
        step(Kind.PREPARE, "C0", Result.READ_ONLY);
        assertThat(step(Kind.PREPARE, "F1", Result.READ_ONLY)).isEqualTo(State.COMMITTED);
        assertThat(story.isOver()).isTrue();
    }

    @Test
    void prepareWithoutAnswer_isNotOverBeforeItsRollback() {
        work();
        step(Kind.PREPARE, "C0", Result.PREPARED);
        step(Kind.PREPARE, "F1", Result.NO_ANSWER);
        assertThat(step(Kind.ROLLBACK, "C0", Result.ROLLBACK)).isEqualTo(State.ABORTING);
        assertThat(step(Kind.ROLLBACK, "F1", Result.NO_ANSWER)).isEqualTo(State.IN_DOUBT);
        assertThat(step(Kind.RESOLVE, "F1", Result.ROLLBACK)).isEqualTo(State.ABORTED);
    }

    @Test
    void followerLeftToTheResolver_isInDoubtUntilThen() {
        work();
        step(Kind.PREPARE, "C0", Result.PREPARED);
        step(Kind.PREPARE, "F1", Result.PREPARED);
        step(Kind.DECISION, "C0", Result.COMMIT);
        assertThat(step(Kind.COMMIT, "F1", Result.COMMIT_PENDING)).isEqualTo(State.IN_DOUBT);
        assertThat(step(Kind.RESOLVE, "F1", Result.NO_ANSWER, "cannot connect")).isEqualTo(State.IN_DOUBT);
        assertThat(step(Kind.RESOLVE, "F1", Result.COMMIT)).isEqualTo(State.COMMITTED);
        assertThat(story.isResolved()).isTrue();
    }

    @Test
    void unknownDecision_isInDoubt() {
        work();
        step(Kind.PREPARE, "C0", Result.PREPARED);
        step(Kind.PREPARE, "F1", Result.PREPARED);
        assertThat(step(Kind.DECISION, "C0", Result.UNKNOWN)).isEqualTo(State.IN_DOUBT);
        step(Kind.COMMIT, "F1", Result.UNKNOWN);
        assertThat(step(Kind.RESOLVE, "C0", Result.ROLLBACK)).isEqualTo(State.IN_DOUBT);
        assertThat(step(Kind.RESOLVE, "F1", Result.ROLLBACK)).isEqualTo(State.ABORTED);
    }

    @Test
    void whatAnotherInstanceSettles_isLeft_andEndsAsItsOtherBranchesDid() {
        work();
        step(Kind.PREPARE, "C0", Result.PREPARED);
        step(Kind.PREPARE, "F1", Result.PREPARED);
        step(Kind.DECISION, "C0", Result.COMMIT);
        assertThat(story.isLeft(NOON.plusSeconds(60))).isFalse();
        step(Kind.COMMIT, "F1", Result.COMMIT_PENDING);
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
        step(Kind.PREPARE, "C0", Result.PREPARED);
        step(Kind.PREPARE, "F1", Result.PREPARED);
        step(Kind.DECISION, "C0", Result.UNKNOWN);
        step(Kind.COMMIT, "F1", Result.UNKNOWN);
        story.settledElsewhere();
        assertThat(story.isOver()).isTrue();
        assertThat(story.state()).isEqualTo(State.IN_DOUBT);
    }

    @Test
    void whatIsKnownFromTheResolverAlone_isForeign_andMayHaveMoreBranches() {
        step(Kind.RESOLVE, "C0", Result.ROLLBACK);
        assertThat(story.isForeign()).isTrue();
        assertThat(story.state()).isEqualTo(State.ABORTED);
        assertThat(story.isLeft(NOON.plusSeconds(60))).isTrue();
        story.settledElsewhere();
        assertThat(story.isSettledElsewhere()).isFalse();
    }

    @Test
    void attemptsThatEndAlike_areKeptTwice_howeverManyThereAre() {
        step(Kind.RESOLVE, "F1", Result.NO_ANSWER);
        for (int i = 0; i < 10; i++) {
            step(Kind.RESOLVE, "F1", Result.REFUSED);
        }
        step(Kind.RESOLVE, "F1", Result.COMMIT);
        assertThat(story.steps())
                .extracting(Step::outcome)
                .containsExactly("NO_ANSWER", "REFUSED", "REFUSED", "COMMIT");
        assertThat(story.steps().get(2).from()).isEqualTo(NOON.plusMillis(millis - 4L));
    }

    /** Scenario: somebody else has ended the branch before the resolver came. Expected outcome: how is not told by that. */
    @Test
    void branchThatTheResolverDidNotFind_isNotRolledBackForThat() {
        work();
        step(Kind.PREPARE, "C0", Result.PREPARED);
        step(Kind.PREPARE, "F1", Result.PREPARED);
        step(Kind.DECISION, "C0", Result.COMMIT);
        after(Moment.BEFORE, Kind.COMMIT, "F1", Result.NONE);
        assertThat(step(Kind.RESOLVE, "F1", Result.NOT_THERE)).isEqualTo(State.IN_DOUBT);
        assertThat(after(Moment.AFTER, Kind.COMMIT, "F1", Result.COMMIT)).isEqualTo(State.COMMITTED);
    }

    /** Scenario: the only branch is committed in one phase, which a deferred constraint forbids. Expected outcome: it is rolled back. */
    @Test
    void commitInOnePhase_thatIsRefused_isARollback() {
        step(Kind.START, "C0", Result.NONE);
        step(Kind.END, "C0", Result.NONE);
        assertThat(step(Kind.COMMIT, "C0", Result.REFUSED)).isEqualTo(State.ABORTED);
    }
}
