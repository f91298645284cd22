package dev.lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpinTest {

    @TempDir
    Path empty;

    @Test
    void missingProgram_isToldWhereItMayBeMissing() {
        assertThat(Spin.isInstalled(Map.of("PATH", empty.toString(), Spin.MUST_HAVE, "chromium")))
                .isFalse();
    }

    @Test
    void missingProgram_failsWhereItMustBe() {
        assertThatThrownBy(() -> Spin.isInstalled(Map.of("PATH", empty.toString(), Spin.MUST_HAVE, "chromium,spin")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("apt-get install spin gcc")
                .hasMessageContaining("TESTS_MUST_HAVE=chromium,spin");
    }
}
