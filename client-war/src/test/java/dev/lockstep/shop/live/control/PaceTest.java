package dev.lockstep.shop.live.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    /** {@link System#nanoTime} may be about to overflow. */
    private static final long START = Long.MAX_VALUE - 1000;

    private final Pace pace = new Pace(30, Duration.ofSeconds(60));

    @Test
    void firstReading_isDueAtOnce() {
        assertThat(pace.isDue(START, false)).isTrue();
        assertThat(pace.isFresh(START)).isFalse();
    }

    @Test
    void changes_areReadSoonerThanSilence() {
        pace.succeeded(START, after(2));
        assertThat(pace.isDue(after(249), true)).isFalse();
        assertThat(pace.isDue(after(250), true)).isTrue();
        assertThat(pace.isDue(after(899), false)).isFalse();
        assertThat(pace.isFresh(after(899))).isTrue();
        assertThat(pace.isDue(after(900), false)).isTrue();
        assertThat(pace.isFresh(after(900))).isFalse();
    }

    @Test
    void longReading_isFollowedByARestOfSoManyTimesItsLength() {
        for (int i = 0; i < 3; i++) {
            pace.succeeded(START, after(100));
        }
        assertThat(pace.rest()).isEqualTo(Duration.ofSeconds(3));
        assertThat(pace.isDue(after(3099), true)).isFalse();
        assertThat(pace.isDue(after(3100), true)).isTrue();
    }

    @Test
    void oneReadingThatHadToWait_isNoReasonToRest() {
        pace.succeeded(START, after(10));
        pace.succeeded(START, after(10));
        pace.succeeded(START, after(2000));
        assertThat(pace.isDue(after(2299), true)).isFalse();
        assertThat(pace.isDue(after(2300), true)).isTrue();
    }

    @Test
    void rest_isBounded() {
        for (int i = 0; i < 3; i++) {
            pace.succeeded(START, after(10_000));
        }
        assertThat(pace.isDue(after(69_999), true)).isFalse();
        assertThat(pace.isDue(after(70_000), true)).isTrue();
    }

    @Test
    void readingThatGotNoAnswer_isTriedAgainSoon() {
        pace.failed(START, after(60_000));
        assertThat(pace.isDue(after(60_100), true)).isFalse();
        assertThat(pace.isDue(after(60_250), false)).isTrue();
    }

    private static long after(long millis) {
        return START + Duration.ofMillis(millis).toNanos();
    }
}
