package dev.lockstep.shop.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** How the answers of a transaction manager become yes, no, or neither; with one that answers as it is told. */
class TransactionScopeTest {

    private final CommitAnswersWith transaction = new CommitAnswersWith();

    @Test
    void rollbackException_isASureNo() {
        transaction.failure = new RollbackException("voted no");
        TransactionScope scope = TransactionScope.begin(transaction);
        assertThatExceptionOfType(NotCommittedException.class).isThrownBy(scope::complete);
        scope.close();
        assertThat(transaction.calls).containsExactly("begin", "commit");
    }

    @ParameterizedTest
    @MethodSource("answersWithoutOutcome")
    void anyOtherAnswer_isNeitherYesNorNo(Exception answer) {
        transaction.failure = answer;
        try (TransactionScope scope = TransactionScope.begin(transaction)) {
            assertThatExceptionOfType(OutcomeUnknownException.class).isThrownBy(scope::complete);
        }
        assertThat(transaction.calls).containsExactly("begin", "commit");
    }

    static List<Exception> answersWithoutOutcome() {
        return List.of(
                new HeuristicMixedException(),
                new HeuristicRollbackException(),
                new SystemException("JTS5031"),
                new IllegalStateException());
    }

    @Test
    void incompleteScope_rollsBackOnce() {
        TransactionScope scope = TransactionScope.begin(transaction);
        scope.close();
        scope.close();
        assertThat(transaction.calls).containsExactly("begin", "rollback");
    }

    @Test
    void failedRollback_doesNotHideWhyTheScopeWasLeft() {
        transaction.rollbackFails = true;
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> {
            try (TransactionScope scope = TransactionScope.begin(transaction)) {
                assertThat(scope).isNotNull();
                throw new ArithmeticException("the reason");
            }
        });
    }

    /** Answers commits with one failure, and notes what it is asked. */
    private static final class CommitAnswersWith implements UserTransaction {

        private final List<String> calls = new ArrayList<>();
        private Exception failure;
        private boolean rollbackFails;

        @Override
        public void begin() {
            calls.add("begin");
        }

        @Override
        public void commit()
                throws RollbackException, HeuristicMixedException, HeuristicRollbackException, SystemException {
            calls.add("commit");
            if (failure instanceof RollbackException e) {
                throw e;
            } else if (failure instanceof HeuristicMixedException e) {
                throw e;
            } else if (failure instanceof HeuristicRollbackException e) {
                throw e;
            } else if (failure instanceof SystemException e) {
                throw e;
            } else if (failure instanceof RuntimeException e) {
                throw e;
            }
        }

        @Override
        public void rollback() throws SystemException {
            calls.add("rollback");
            if (rollbackFails) {
                throw new SystemException("the rollback fails");
            }
        }

        @Override
        public void setRollbackOnly() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int getStatus() {
            return Status.STATUS_UNKNOWN;
        }

        @Override
        public void setTransactionTimeout(int seconds) {
            throw new UnsupportedOperationException();
        }
    }
}
