package dev.lockstep.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff();

    @Test
    void deathsBeforeItIsReady_doubleTheWaitUpToHalfAMinute() {
        assertThat(backoff.afterDeath(false)).hasMillis(500);
        assertThat(backoff.afterDeath(false)).hasSeconds(1);
        for (int i = 0; i < 10; i++) {
            backoff.afterDeath(false);
        }
        assertThat(backoff.afterDeath(false)).hasSeconds(30);
    }

    /** However often it is killed. */
    @Test
    void whatWasReady_comesBackAtOnce() {
        for (int i = 0; i < 10; i++) {
            assertThat(backoff.afterDeath(true)).isZero();
        }
    }

    @Test
    void whatWasReady_beginsAnew() {
        backoff.afterDeath(false);
        backoff.afterDeath(false);
        backoff.afterDeath(true);
        assertThat(backoff.afterDeath(false)).hasMillis(500);
    }
}
