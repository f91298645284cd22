package dev.lockstep.security.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LoginLimitTest {

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final LoginLimit limit = new LoginLimit(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void waitIsOverAMinuteAfterTheFirstFailure() {
        for (int i = 0; i < LoginLimit.FAILURES_MAX; i++) {
            assertThat(limit.begin("10.0.0.1", "name " + i)).isEmpty();
            now = now.plusSeconds(10);
        }
        assertThat(limit.begin("10.0.0.1", "another")).hasValue(Duration.ofSeconds(10));
        now = now.plusSeconds(9);
        assertThat(limit.begin("10.0.0.1", "another")).hasValue(Duration.ofSeconds(1));
        now = now.plusSeconds(1);
        assertThat(limit.begin("10.0.0.1", "another")).isEmpty();
    }

    @Test
    void nameIsCountedWhereverItIsTriedFrom_untilItSucceeds() {
        for (int i = 0; i < LoginLimit.FAILURES_MAX; i++) {
            assertThat(limit.begin("10.0.0." + i, "operator")).isEmpty();
        }
        assertThat(limit.begin("10.0.1.1", "operator")).isPresent();
        assertThat(limit.begin("10.0.1.1", "another")).isEmpty();
        limit.succeeded("10.0.0.4", "operator");
        assertThat(limit.begin("10.0.1.1", "operator")).isEmpty();
    }

    @Test
    void addressesOfOneIpv6Network_countAsOne() {
        for (int i = 0; i < LoginLimit.FAILURES_MAX; i++) {
            assertThat(limit.begin("2001:db8:0:1::" + i, "name " + i)).isEmpty();
        }
        assertThat(limit.begin("2001:db8:0:1:ffff::1", "another")).isPresent();
        assertThat(limit.begin("2001:db8:0:2::1", "another")).isEmpty();
    }

    @Test
    void remembersNoMoreThanItsBound_andForgetsTheOldestFirst() {
        for (int i = 0; i < LoginLimit.FAILURES_MAX; i++) {
            limit.begin("10.0.0.1", "first");
        }
        for (int i = 0; i < 4_999; i++) {
            limit.begin("11.0." + i / 250 + "." + i % 250, "flood " + i);
        }
        assertThat(limit.begin("10.0.0.1", "first")).isPresent();
        limit.begin("12.0.0.1", "one more");
        limit.begin("12.0.0.2", "and another");
        assertThat(limit.begin("10.0.0.1", "first")).isEmpty();
    }
}
