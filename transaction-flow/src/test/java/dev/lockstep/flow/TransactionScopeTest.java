package dev.lockstep.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lockstep.participant.flow.Outcome;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** WCF's behaviour of a scope, with a transaction manager that answers as it is told. */
class TransactionScopeTest {

    private final TransactionAnswersWith transaction = TransactionAnswersWith.bound();

    @BeforeEach
    void reset() {
        NotedFlows.here().reset();
    }

    @Test
    void completeScope_commitsWhenItIsClosed() {
        try (TransactionScope scope = TransactionScope.required()) {
            scope.complete();
            assertThat(transaction.calls).doesNotContain("commit");
        }
        assertThat(transaction.calls).containsExactly("begin", "commit");
    }

    @Test
    void incompleteScope_rollsBackOnce() {
        TransactionScope scope = TransactionScope.required();
        scope.close();
        scope.close();
        assertThat(transaction.calls).containsExactly("begin", "rollback");
    }

    @Test
    void rollbackException_isAborted() {
        transaction.failure = new RollbackException();
        assertThatExceptionOfType(TransactionAbortedException.class).isThrownBy(this::completeOne);
    }

    @ParameterizedTest
    @MethodSource("answersWithoutOutcome")
    void anyOtherAnswer_isInDoubt(Exception answer) {
        transaction.failure = answer;
        assertThatExceptionOfType(TransactionInDoubtException.class)
                .isThrownBy(this::completeOne)
                .withCause(answer);
    }

    static List<Exception> answersWithoutOutcome() {
        return List.of(
                new HeuristicMixedException(),
                new HeuristicRollbackException(),
                new SystemException("JTS5031"),
                new IllegalStateException());
    }

    @Test
    void anyOtherAnswer_isWhatWhoeverTookPartKnows() {
        transaction.failure = new SystemException("JTS5031");
        NotedFlows.here().outcome = Outcome.ROLLBACK;
        assertThatExceptionOfType(TransactionAbortedException.class).isThrownBy(this::completeOne);
        NotedFlows.here().outcome = Outcome.COMMIT;
        assertThatCode(this::completeOne).doesNotThrowAnyException();
    }

    private void completeOne() {
        try (TransactionScope scope = TransactionScope.required()) {
            scope.complete();
        }
    }

    @Test
    void failedRollback_doesNotHideWhyTheScopeWasLeft() {
        transaction.rollbackFails = true;
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> {
            try (TransactionScope scope = TransactionScope.required()) {
                assertThat(scope).isNotNull();
                throw new ArithmeticException("the reason");
            }
        });
    }

    @Test
    void innerScope_joins_andLeavesTheCommitToTheOuterOne() {
        try (TransactionScope outer = TransactionScope.required()) {
            completeOne();
            assertThat(transaction.calls).doesNotContain("commit");
            outer.complete();
        }
        assertThat(transaction.calls).endsWith("commit");
    }

    @Test
    void innerScopeNotCompleted_abortsTheOuterOne() {
        assertThatExceptionOfType(TransactionAbortedException.class).isThrownBy(() -> {
            try (TransactionScope outer = TransactionScope.required()) {
                TransactionScope.required().close();
                outer.complete();
            }
        });
    }

    @Test
    void transactionThatSomebodyRolledBackInside_isAborted() throws Exception {
        TransactionScope scope = TransactionScope.required();
        transaction.rollback();
        scope.complete();
        assertThatExceptionOfType(TransactionAbortedException.class).isThrownBy(scope::close);
    }

    @Test
    void transactionThatSomebodyCommittedInside_isMisuse() throws Exception {
        TransactionScope scope = TransactionScope.required();
        transaction.commit();
        scope.complete();
        assertThatIllegalStateException().isThrownBy(scope::close).withMessageContaining("ended without it");
    }

    @Test
    void interruptedThread_commitsUndisturbed_andStaysInterrupted() {
        try (TransactionScope scope = TransactionScope.required()) {
            Thread.currentThread().interrupt();
            scope.complete();
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(transaction.isInterruptedInCommit).isFalse();
        assertThat(transaction.calls).endsWith("commit");
    }

    @Test
    void doomedTransaction_isNotJoined() throws Exception {
        transaction.begin();
        transaction.setRollbackOnly();
        assertThatExceptionOfType(TransactionAbortedException.class).isThrownBy(TransactionScope::required);
    }

    @Test
    void endingTransaction_isNotJoined() throws Exception {
        transaction.begin();
        transaction.current.status = Status.STATUS_PREPARING;
        assertThatIllegalStateException().isThrownBy(TransactionScope::required).withMessageContaining("is ending");
    }

    @Test
    void completeTwice_isRefused() {
        try (TransactionScope scope = TransactionScope.required()) {
            scope.complete();
            assertThatIllegalStateException().isThrownBy(scope::complete).withMessageContaining("complete already");
        }
    }

    @Test
    void completeAfterClose_isRefused() {
        TransactionScope scope = TransactionScope.required();
        scope.close();
        assertThatIllegalStateException().isThrownBy(scope::complete).withMessageContaining("closed already");
    }

    @Test
    void scopeInACompleteOne_isRefused() {
        try (TransactionScope scope = TransactionScope.required()) {
            scope.complete();
            assertThatIllegalStateException()
                    .isThrownBy(TransactionScope::required)
                    .withMessageContaining("only close() may follow");
        }
    }

    @Test
    void scopesClosedInTheWrongOrder_rollBack() {
        TransactionScope outer = TransactionScope.required();
        TransactionScope inner = TransactionScope.required();
        assertThatIllegalStateException().isThrownBy(outer::complete).withMessageContaining("before the one");
        assertThatIllegalStateException().isThrownBy(outer::close).withMessageContaining("before the one");
        inner.close();
        assertThat(transaction.calls).contains("rollback").doesNotContain("commit");
    }

    @Test
    void scopeThatNobodyClosed_isForgottenWithItsTransaction() throws Exception {
        TransactionScope left = TransactionScope.required();
        left.complete();
        transaction.current.rollback(); // the server has ended it
        transaction.current = null;
        completeOne();
        assertThat(transaction.calls).endsWith("commit 2");
        assertThatIllegalStateException().isThrownBy(left::close).withMessageContaining("too late");
        assertThat(transaction.calls).endsWith("commit 2");
    }

    @Test
    void otherThread_mayNotUseTheScope() {
        try (TransactionScope scope = TransactionScope.required()) {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(
                            () -> CompletableFuture.runAsync(scope::complete).join())
                    .withCauseInstanceOf(IllegalStateException.class)
                    .withMessageContaining("belongs to its thread");
        }
    }

    @Test
    void placeWithoutUserTransaction_saysWhy() {
        Names.BOUND.remove("java:comp/UserTransaction");
        assertThatIllegalStateException()
                .isThrownBy(TransactionScope::required)
                .withMessageContainingAll("No transaction can begin here", "java:comp/UserTransaction");
    }
}
