package dev.lockstep.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = new Backoff();
    private Duration now = Duration.ofHours(1);

    @Test
    void deathsBeforeItIsReady_doubleTheWaitUpToHalfAMinute() {
        assertThat(unready()).hasMillis(500);
        assertThat(unready()).hasSeconds(1);
        for (int i = 0; i < 10; i++) {
            unready();
        }
        assertThat(unready()).hasSeconds(30);
    }

    /** Scenario: a server that takes some six seconds to get ready is killed each time it is. Expected outcome: it is back at once. */
    @Test
    void whatIsKilledAgainAndAgain_comesBackAtOnce() {
        for (int i = 0; i < 100; i++) {
            assertThat(afterLifeOf(Duration.ofMillis(6_500))).isZero();
        }
    }

    /** Scenario: a server that is ready in no time dies by itself each time. Expected outcome: ten starts at once, not hundreds. */
    @Test
    void whatDiesAsSoonAsItIsReady_isStartedLessAndLessOften() {
        int atOnce = 0;
        Duration end = now.plusMinutes(1);
        while (now.compareTo(end) < 0) {
            Duration wait = afterLifeOf(Duration.ofMillis(300));
            atOnce += wait.isZero() ? 1 : 0;
            now = now.plus(wait);
        }
        assertThat(atOnce).isEqualTo(10);
        assertThat(afterLifeOf(Duration.ofMinutes(2))).as("after a long life").isZero();
    }

    @Test
    void whatWasReady_beginsAnew() {
        unready();
        unready();
        assertThat(afterLifeOf(Duration.ofSeconds(1))).isZero();
        assertThat(unready()).hasMillis(500);
    }

    private Duration unready() {
        return backoff.afterDeath(false, now);
    }

    private Duration afterLifeOf(Duration life) {
        now = now.plus(life);
        return backoff.afterDeath(true, now);
    }
}
