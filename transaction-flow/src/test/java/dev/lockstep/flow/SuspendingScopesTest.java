package dev.lockstep.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import jakarta.transaction.Status;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scopes that let their thread's transaction wait. */
class SuspendingScopesTest {

    private final TransactionAnswersWith transaction = TransactionAnswersWith.bound();

    @BeforeEach
    void reset() {
        NotedFlows.here().reset();
    }

    @Test
    void requiresNew_letsTheOtherTransactionWait_andIsItsOwn() {
        try (TransactionScope outer = TransactionScope.required()) {
            assertThat(outer).isNotNull();
            try (TransactionScope own = TransactionScope.requiresNew()) {
                assertThat(transaction.current.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
                own.complete();
            }
        }
        assertThat(transaction.calls)
                .containsSubsequence("begin", "suspend", "begin 2", "commit 2", "resume", "rollback")
                .doesNotContain("commit", "rollback 2");
    }

    @Test
    void requiresNewNotCompleted_leavesTheOuterOneAlone() {
        try (TransactionScope outer = TransactionScope.required()) {
            TransactionScope.requiresNew(Duration.ofSeconds(3)).close();
            outer.complete();
        }
        assertThat(transaction.calls)
                .containsSubsequence("suspend", "timeout 3", "begin 2", "rollback 2", "resume", "commit");
    }

    @Test
    void requiresNewWithoutATransaction_beginsOne() {
        try (TransactionScope own = TransactionScope.requiresNew()) {
            own.complete();
        }
        assertThat(transaction.calls).containsExactly("begin", "commit");
    }

    @Test
    void requiresNewThatCannotBegin_givesTheOtherTransactionBack() {
        try (TransactionScope outer = TransactionScope.required()) {
            transaction.beginFails = true;
            assertThatIllegalStateException()
                    .isThrownBy(TransactionScope::requiresNew)
                    .withMessageContaining("No transaction can begin here");
            outer.complete();
        }
        assertThat(transaction.calls).containsSubsequence("suspend", "resume", "commit");
    }

    @Test
    void requiresNewThatIsAborted_givesTheOtherTransactionBack() {
        try (TransactionScope outer = TransactionScope.required()) {
            TransactionScope own = TransactionScope.requiresNew();
            own.complete();
            transaction.setRollbackOnly();
            assertThatExceptionOfType(TransactionAbortedException.class).isThrownBy(own::close);
            outer.complete();
        }
        assertThat(transaction.calls).containsSubsequence("commit 2", "resume", "commit");
    }

    @Test
    void suppress_hasNoTransaction_andGivesTheOtherOneBack() {
        try (TransactionScope outer = TransactionScope.required()) {
            try (TransactionScope none = TransactionScope.suppress()) {
                assertThat(transaction.getTransaction()).isNull();
                none.complete();
            }
            TransactionScope.suppress().close(); // complete() has no effect on it
            outer.complete();
        }
        assertThat(transaction.calls)
                .containsSubsequence("suspend", "resume", "suspend", "resume", "commit")
                .doesNotContain("rollback");
    }

    @Test
    void suppressWithoutATransaction_doesNothing() {
        TransactionScope.suppress().close();
        assertThat(transaction.calls).isEmpty();
    }

    @Test
    void scopeInASuppressedOne_beginsATransaction() {
        try (TransactionScope outer = TransactionScope.required()) {
            try (TransactionScope none = TransactionScope.suppress()) {
                completeOne();
                none.complete();
            }
            outer.complete();
        }
        assertThat(transaction.calls)
                .containsSubsequence("begin", "suspend", "begin 2", "commit 2", "resume", "commit");
    }

    @Test
    void transactionLeftInASuppressedScope_isRolledBack() throws Exception {
        try (TransactionScope outer = TransactionScope.required()) {
            TransactionScope none = TransactionScope.suppress();
            transaction.begin();
            assertThatIllegalStateException().isThrownBy(none::close).withMessageContaining("not ended");
            outer.complete();
        }
        assertThat(transaction.calls).containsSubsequence("begin 2", "rollback 2", "resume", "commit");
    }

    /** What follows on the thread must not be committed by itself. */
    @Test
    void transactionThatEndsWhileItWaits_isReplacedByADoomedOne() throws Exception {
        transaction.begin(); // a container's
        TransactionAnswersWith.Noted waiting = transaction.current;
        try (TransactionScope none = TransactionScope.suppress()) {
            waiting.rollback();
            none.complete();
        }
        assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        assertThatExceptionOfType(TransactionAbortedException.class).isThrownBy(TransactionScope::required);
    }

    /** An EJB with REQUIRES_NEW or NOT_SUPPORTED that opens a scope knows nothing of the one around it. */
    @Test
    void scopeBehindATransactionThatTheContainerLetsWait_isItsOwn() throws Exception {
        try (TransactionScope outer = TransactionScope.required()) {
            var waiting = transaction.suspend();
            completeOne();
            transaction.resume(waiting);
            outer.complete();
        }
        assertThat(transaction.calls).containsSubsequence("begin", "begin 2", "commit 2", "commit");
    }

    @Test
    void whatAThreadLeavesOpen_isRolledBack_theInnermostFirst() {
        TransactionScope.required();
        TransactionScope.requiresNew().complete();
        TransactionScope.endLeft("A request");
        assertThat(transaction.calls).containsSubsequence("rollback 2", "resume", "rollback");
        completeOne();
    }

    @Test
    void newScopeThatOutlivesTheOuterOne_isRolledBackWithIt() {
        TransactionScope outer = TransactionScope.required();
        TransactionScope inner = TransactionScope.requiresNew();
        inner.complete();
        assertThatIllegalStateException().isThrownBy(outer::close).withMessageContaining("before the one");
        inner.close();
        assertThat(transaction.calls).containsSubsequence("rollback 2", "resume", "rollback");
    }

    private void completeOne() {
        try (TransactionScope scope = TransactionScope.required()) {
            scope.complete();
        }
    }
}
