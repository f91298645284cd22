package dev.lockstep.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lockstep.flow.server.FlowRefusedException;
import dev.lockstep.participant.flow.Outcome;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionRequiredException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Entity;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What WCF and System.Transactions do, row by row of docs/transaction-flow.md. What is refused at deployment is in {@link WcfDeploymentTest}. */
class WcfBehaviourTest extends OverHttp {

    private TransactionAnswersWith transaction;

    @BeforeEach
    void flowWhereThereIsATransaction() {
        transaction = TransactionAnswersWith.bound();
        flows.hasTransaction = () -> transaction.getTransaction() != null;
    }

    /** {@code TransactionFlowOption.NotAllowed} is the default, and a header that must be understood is not. */
    @Test
    void transactionFlow_isNotAllowedByDefault_andAHeaderIsNotUnderstood() {
        assertProblem(signed("not-allowed").method("POST"), 400, "flow-not-understood", "ContractResource.notAllowed");
        assertThat(flows.entered).isEmpty();
        try (TransactionScope scope = TransactionScope.required()) {
            assertThat(typed("notAllowed", "not-allowed").method("POST").getStatus())
                    .isEqualTo(204); // a typed client sends none
            scope.complete();
        }
        assertThat(flows.entered).isEmpty();
    }

    /** A service whose binding does not flow: {@code MustUnderstand}, whatever the operation would do. */
    @Test
    void bindingWithoutFlow_doesNotUnderstandAHeader() {
        flows.isOn = false;
        assertProblem(signed("allowed").post(Entity.text("a")), 400, "flow-not-understood", "LOCKSTEP_FLOW_PEERS_FILE");
        assertThat(unsigned("allowed").post(Entity.text("a")).getStatus()).isEqualTo(200);
    }

    /** {@code FaultException: TransactionHeaderMissing}. */
    @Test
    void mandatoryFlow_withoutAHeader_isTransactionHeaderMissing() {
        assertProblem(unsigned("mandatory").method("POST"), 400, "flow-required", "ContractResource.mandatory");
    }

    /** {@code InvalidOperationException} before anything is sent. */
    @Test
    void mandatoryFlow_withoutATransaction_isNotSent() {
        assertThatExceptionOfType(ProcessingException.class)
                .isThrownBy(() -> typed("mandatory", "mandatory").method("POST"))
                .withCauseInstanceOf(TransactionRequiredException.class)
                .withMessageContaining("was not sent");
        assertThat(flows.entered).isEmpty();
    }

    /** {@code TransactionFlowOption.Allowed}. */
    @Test
    void allowedFlow_takesTheTransactionAlong_ifThereIsOne() {
        assertThat(typed("allowed", "allowed").post(Entity.text("a")).getStatus())
                .isEqualTo(200);
        assertThat(flows.entered).isEmpty();
        try (TransactionScope scope = TransactionScope.required()) {
            typed("allowed", "allowed").post(Entity.text("a"));
            scope.complete();
        }
        assertThat(flows.entered).hasSize(1);
    }

    /** WCF silently leaves the transaction out. This is stricter: one says so by {@code TransactionScopeOption.Suppress}. */
    @Test
    void allowedFlow_toABindingWithoutFlow_needsASuppressScope() {
        flows.isPeer = false;
        try (TransactionScope scope = TransactionScope.required()) {
            assertThatExceptionOfType(ProcessingException.class)
                    .isThrownBy(() -> typed("allowed", "allowed").post(Entity.text("a")))
                    .withMessageContainingAll("was not sent", "is no peer's");
            try (TransactionScope none = TransactionScope.suppress()) {
                assertThat(typed("allowed", "allowed").post(Entity.text("a")).getStatus())
                        .isEqualTo(200);
                none.complete();
            }
            scope.complete();
        }
        assertThat(flows.entered).isEmpty();
    }

    /** {@code SessionMode.Required}: another process, which has no half of the work, is no party to the session. */
    @Test
    void session_thatTheServiceHasLost_isRefused() {
        flows.refusal =
                new FlowRefusedException(410, "flow-refused", "this server was restarted, and the work is gone");
        try (TransactionScope scope = TransactionScope.required()) {
            assertProblem(call("allowed").post(Entity.text("a")), 410, "flow-refused", "restarted");
            assertThat(scope).isNotNull();
        }
        assertThat(flows.answers).containsExactly(410); // which dooms the caller's transaction
    }

    /** {@code TransactionAutoComplete = true}: an exception aborts. */
    @Test
    void autoComplete_abortsOnAnException() {
        try (TransactionScope scope = TransactionScope.required()) {
            assertThat(call("conflict").method("POST").getStatus()).isEqualTo(409);
            assertThat(scope).isNotNull();
        }
        assertThat(flows.left).containsExactly(409);
        assertThat(flows.answers).containsExactly(409);
    }

    /** {@code IsOneWay}: refused at deployment where it can be seen there, and at run time where it cannot. */
    @Test
    void oneWayAnswer_isADoubtAtRunTime() {
        assertProblem(signed("later").get(), 400, "flow-not-understood", "AsyncResponse");
        assertThat(unsigned("later").get(String.class)).isEqualTo("later");
        try (TransactionScope scope = TransactionScope.required()) {
            assertThat(call("accepted").method("POST").getStatus()).isEqualTo(202);
            assertThat(scope).isNotNull();
        }
        assertThat(flows.answers).containsExactly(202); // the server takes it for a no (F2)
    }

    /** {@code TransactionScopeOption.Required}. */
    @Test
    void required_joinsTheAmbientTransaction_orBeginsOne() {
        try (TransactionScope outer = TransactionScope.required()) {
            completeOne();
            outer.complete();
        }
        assertThat(transaction.calls).containsExactly("begin", "commit");
    }

    /** {@code TransactionScopeOption.RequiresNew}. */
    @Test
    void requiresNew_isCommitted_thoughTheOuterScopeAborts() {
        try (TransactionScope outer = TransactionScope.required()) {
            try (TransactionScope own = TransactionScope.requiresNew()) {
                own.complete();
            }
            assertThat(outer).isNotNull();
        }
        assertThat(transaction.calls)
                .containsSubsequence("begin", "suspend", "begin 2", "commit 2", "resume", "rollback");
    }

    /** {@code TransactionScopeOption.Suppress}. */
    @Test
    void suppress_hasNoAmbientTransaction() {
        try (TransactionScope outer = TransactionScope.required()) {
            try (TransactionScope none = TransactionScope.suppress()) {
                assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
                none.complete();
            }
            assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_ACTIVE);
            outer.complete();
        }
    }

    /** An inner scope votes: without {@code Complete()} the outer {@code Dispose()} throws {@code TransactionAbortedException}. */
    @Test
    void innerScopeWithoutComplete_abortsTheOuterScope() {
        assertThatExceptionOfType(TransactionAbortedException.class).isThrownBy(() -> {
            try (TransactionScope outer = TransactionScope.required()) {
                TransactionScope.required().close();
                outer.complete();
            }
        });
    }

    /** {@code InvalidOperationException}: "The current TransactionScope is already complete." */
    @Test
    void completeTwice_orWorkAfterIt_isAnInvalidOperation() {
        try (TransactionScope scope = TransactionScope.required()) {
            scope.complete();
            assertThatIllegalStateException().isThrownBy(scope::complete).withMessageContaining("complete already");
            assertThatIllegalStateException()
                    .isThrownBy(TransactionScope::required)
                    .withMessageContaining("only close() may follow");
            assertThatExceptionOfType(ProcessingException.class)
                    .isThrownBy(() -> call("allowed").post(Entity.text("a")))
                    .withCauseInstanceOf(IllegalStateException.class)
                    .withMessageContaining("too late");
        }
        assertThat(flows.entered).isEmpty();
    }

    /** The timer of an inner scope rolls back the transaction that it shares, when it rings. */
    @Test
    void innerTimeout_abortsTheSharedTransaction() {
        assertThatExceptionOfType(TransactionAbortedException.class).isThrownBy(() -> {
            try (TransactionScope outer = TransactionScope.required(Duration.ofMinutes(1))) {
                try (TransactionScope inner = TransactionScope.required(Duration.ofMillis(20))) {
                    long began = System.nanoTime();
                    while (transaction.getStatus() == Status.STATUS_ACTIVE) {
                        assertThat(System.nanoTime() - began).isLessThan(20_000_000_000L);
                        Thread.onSpinWait();
                    }
                    inner.complete();
                }
                outer.complete();
            }
        });
    }

    /** {@code TransactionAbortedException} is a sure no, {@code TransactionInDoubtException} is neither: by what the participants know. */
    @Test
    void inDoubt_isNeitherYesNorNo_andLessThanTheTransactionManagerSays() {
        transaction.failure = new HeuristicMixedException();
        assertThatExceptionOfType(TransactionInDoubtException.class).isThrownBy(this::completeOne);
        transaction.failure = new SystemException("JTS5031");
        flows.outcome = Outcome.ROLLBACK;
        assertThatExceptionOfType(TransactionAbortedException.class).isThrownBy(this::completeOne);
        flows.outcome = Outcome.COMMIT;
        assertThatCode(this::completeOne).doesNotThrowAnyException();
    }

    /** {@code TransactionScopeAsyncFlowOption.Suppress} is the default. */
    @Test
    void asyncFlow_isSuppressed_andAScopeBelongsToItsThread() {
        try (TransactionScope scope = TransactionScope.required()) {
            assertThatExceptionOfType(CompletionException.class)
                    .isThrownBy(() -> CompletableFuture.runAsync(scope::close).join())
                    .withCauseInstanceOf(IllegalStateException.class)
                    .withMessageContaining("belongs to its thread");
            scope.complete();
        }
        assertThat(transaction.calls).endsWith("commit");
    }

    /** {@code InvalidOperationException}: "TransactionScope nested incorrectly." */
    @Test
    void scopesNestedIncorrectly_rollBack() {
        TransactionScope outer = TransactionScope.required();
        TransactionScope inner = TransactionScope.required();
        assertThatIllegalStateException().isThrownBy(outer::close).withMessageContaining("before the one");
        inner.close();
        assertThat(transaction.calls).contains("rollback").doesNotContain("commit");
    }

    private void completeOne() {
        try (TransactionScope scope = TransactionScope.required()) {
            scope.complete();
        }
    }
}
