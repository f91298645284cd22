package dev.lockstep.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnteredCallTest {

    private final List<Integer> left = new ArrayList<>();
    private final EnteredCall call = new EnteredCall("Orders.add", status -> {
        left.add(status);
        return Map.of("Lockstep-Flow-Answer", "handle=h");
    });

    @Test
    void callWithoutAnswer_isLeftAsAFailure() {
        call.run();
        assertThat(left).containsExactly(500);
    }

    @Test
    void answeredCall_isLeftOnce() {
        assertThat(call.leave(204)).isEqualTo(Map.of("Lockstep-Flow-Answer", "handle=h"));
        assertThat(call.leave(500)).isEmpty();
        call.run();
        assertThat(left).containsExactly(204);
    }

    /** Scenario: the method works in a scope of its own and forgets to close it. Expected outcome: the caller's transaction can only be rolled back. */
    @Test
    void scopeThatTheMethodLeavesOpen_isNotCompleted() throws Exception {
        TransactionAnswersWith transaction = TransactionAnswersWith.bound();
        transaction.begin(); // the caller's
        TransactionScope.required();
        TransactionScope.requiresNew();
        call.leave(204);
        assertThat(transaction.calls).containsSubsequence("begin 2", "rollback 2", "resume", "doom");
    }
}
