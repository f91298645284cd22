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
}
