package dev.lockstep.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff();

    @Test
    void earlyDeaths_doubleTheWaitUpToHalfAMinute() {
        assertThat(backoff.afterLifeOf(Duration.ZERO)).hasMillis(500);
        assertThat(backoff.afterLifeOf(Duration.ofSeconds(59))).hasSeconds(1);
        for (int i = 0; i < 10; i++) {
            backoff.afterLifeOf(Duration.ZERO);
        }
        assertThat(backoff.afterLifeOf(Duration.ZERO)).hasSeconds(30);
    }

    @Test
    void longLife_beginsAnew() {
        backoff.afterLifeOf(Duration.ZERO);
        backoff.afterLifeOf(Duration.ZERO);
        assertThat(backoff.afterLifeOf(Duration.ofMinutes(1))).hasMillis(500);
    }
}
