package dev.lockstep.participant.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The look at Payara's own log; that it finds it on a real server is told by the tests there. */
class PayaraLogTest {

    @Test
    void elsewhereThanInPayara_nothingIsTold_andNothingFails() {
        assertThat(PayaraLog.warning(PayaraLogTest.class.getClassLoader())).isEmpty();
        assertThat(PayaraLog.warning(ClassLoader.getPlatformClassLoader())).isEmpty();
    }
}
