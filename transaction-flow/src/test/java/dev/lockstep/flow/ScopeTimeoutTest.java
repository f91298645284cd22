package dev.lockstep.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.lockstep.flow.server.FlowServer;
import jakarta.transaction.Status;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of a scope. */
class ScopeTimeoutTest {

    private final TransactionAnswersWith transaction = TransactionAnswersWith.bound();

    @BeforeEach
    void reset() {
        NotedFlows.here().reset();
    }

    @Test
    void timeout_isRoundedUpToSeconds() {
        TransactionScope.required(Duration.ofMillis(1001)).close();
        assertThat(transaction.calls).startsWith("timeout 2", "begin", "timeout 0");
    }

    /** The servers that are called are told what is left, and the transaction manager does not tell it. */
    @Test
    void timeout_isToldToWhoeverCallsOthers() {
        long before = System.nanoTime();
        try (TransactionScope scope = TransactionScope.required(Duration.ofSeconds(7))) {
            scope.complete();
        }
        assertThat((Long) transaction.getResource(FlowServer.DEADLINE))
                .isBetween(
                        before + Duration.ofSeconds(7).toNanos(),
                        System.nanoTime() + Duration.ofSeconds(7).toNanos());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT-1S", "PT2147483647S"})
    void timeoutOutsideOfItsRange_isRefused(Duration timeout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TransactionScope.required(timeout))
                .withMessageContainingAll(timeout.toString(), "2147483646 s");
    }

    @Test
    void innerScopeThatTookTooLong_abortsTheSharedTransactionAtThatTime() {
        assertThatExceptionOfType(TransactionAbortedException.class)
                .isThrownBy(() -> {
                    try (TransactionScope outer = TransactionScope.required(Duration.ofMinutes(1))) {
                        try (TransactionScope inner = TransactionScope.required(Duration.ofMillis(20))) {
                            awaitDoomed(); // while both are open
                            inner.complete();
                        }
                        outer.complete();
                    }
                })
                .withMessageContaining("20 ms");
        assertThat(transaction.calls).endsWith("rollback").doesNotContain("commit");
    }

    @Test
    void scopeThatTookTooLong_isAborted_toTheMillisecond() {
        assertThatExceptionOfType(TransactionAbortedException.class)
                .isThrownBy(() -> {
                    try (TransactionScope scope = TransactionScope.required(Duration.ofMillis(20))) {
                        awaitDoomed();
                        scope.complete();
                    }
                })
                .withMessageContaining("20 ms");
        assertThat(transaction.calls).startsWith("timeout 1", "begin").endsWith("rollback");
    }

    @Test
    void innerScopeInTime_leavesTheOuterOneItsOwnTimeout() {
        try (TransactionScope outer = TransactionScope.required()) {
            try (TransactionScope inner = TransactionScope.required(Duration.ofMillis(50))) {
                inner.complete();
            }
            long opened = System.nanoTime();
            while (System.nanoTime() - opened < 60_000_000) {
                Thread.onSpinWait();
            }
            outer.complete();
        }
        assertThat(transaction.calls).endsWith("commit").doesNotContain("doom");
    }

    private void awaitDoomed() {
        long began = System.nanoTime();
        while (transaction.getStatus() != Status.STATUS_MARKED_ROLLBACK) {
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(20));
            Thread.onSpinWait();
        }
    }
}
