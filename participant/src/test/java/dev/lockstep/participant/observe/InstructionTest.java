package dev.lockstep.participant.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

/** Who and why stand in the log, as one line. */
class InstructionTest {

    private static Instruction by(String operator, String reason) {
        return new Instruction("4871251_AQAA_RjE", "orders", Resolution.COMMIT, false, operator, reason);
    }

    @Test
    void textsAreOneLine() {
        Instruction instruction = by("ann\r\nINFO forged", " why\tnot\u2028\u0000\n");
        assertThat(instruction.operator()).isEqualTo("ann INFO forged");
        assertThat(instruction.reason()).isEqualTo("why not");
    }

    @Test
    void nobody_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> by(" \n", "because"))
                .withMessageContaining("operator is blank")
                .withMessageContaining("4871251_AQAA_RjE");
    }
}
