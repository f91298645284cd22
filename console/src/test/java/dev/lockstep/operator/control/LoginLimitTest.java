package dev.lockstep.operator.control;

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
    void afterFiveFailures_oneMayBeTriedEveryFewSeconds_andNeverLess() {
        fail(LoginLimit.FAILURES_MAX, "10.0.0.1", "operator");
        assertThat(limit.begin("10.0.0.1", "operator")).hasValue(LoginLimit.PAUSE);
        now = now.plus(LoginLimit.PAUSE).minusSeconds(1);
        assertThat(limit.begin("10.0.0.1", "operator")).hasValue(Duration.ofSeconds(1));
        for (int i = 0; i < 100; i++) {
            now = now.plus(LoginLimit.PAUSE);
            assertThat(limit.begin("10.0.0.1", "operator")).isEmpty();
            assertThat(limit.begin("10.0.0.1", "operator")).hasValue(LoginLimit.PAUSE);
        }
    }

    @Test
    void failuresFromElsewhere_letNobodyWait() {
        for (int i = 0; i < 1000; i++) {
            fail(LoginLimit.FAILURES_MAX, "10.1." + i / 250 + "." + i % 250, "operator");
        }
        assertThat(limit.begin("10.0.0.1", "operator")).isEmpty();
    }

    @Test
    void failuresForAnotherName_letTheSameAddressWait_onlyIfTheyAreMany() {
        fail(LoginLimit.FAILURES_MAX, "10.0.0.1", "somebody");
        assertThat(limit.begin("10.0.0.1", "operator")).isEmpty();
        for (int i = 0; i < LoginLimit.FAILURES_OF_ADDRESS_MAX - LoginLimit.FAILURES_MAX - 1; i++) {
            fail(1, "10.0.0.1", "name " + i);
        }
        assertThat(limit.begin("10.0.0.1", "another")).hasValue(LoginLimit.PAUSE);
    }

    @Test
    void quietMinute_orASuccess_beginsAnew() {
        fail(LoginLimit.FAILURES_MAX, "10.0.0.1", "operator");
        now = now.plus(LoginLimit.WINDOW);
        fail(LoginLimit.FAILURES_MAX, "10.0.0.1", "operator");
        limit.wasNoFailure("10.0.0.1", "operator");
        fail(LoginLimit.FAILURES_MAX, "10.0.0.1", "operator");
        assertThat(limit.begin("10.0.0.1", "operator")).isPresent();
    }

    @Test
    void addressesOfOneIpv6Network_countAsOne() {
        for (int i = 0; i < LoginLimit.FAILURES_MAX; i++) {
            fail(1, "2001:db8:0:1::" + i, "operator");
        }
        assertThat(limit.begin("2001:db8:0:1:ffff::1", "operator")).isPresent();
        assertThat(limit.begin("2001:db8:0:2::1", "operator")).isEmpty();
    }

    @Test
    void remembersNoMoreThanItsBound_andForgetsTheOldestFirst() {
        fail(LoginLimit.FAILURES_MAX, "10.0.0.1", "first");
        for (int i = 0; i < 4_999; i++) {
            fail(1, "11.0." + i / 250 + "." + i % 250, "flood " + i);
        }
        assertThat(limit.begin("10.0.0.1", "first")).isPresent();
        fail(1, "12.0.0.1", "one more");
        fail(1, "12.0.0.2", "and another");
        assertThat(limit.begin("10.0.0.1", "first")).isEmpty();
    }

    private void fail(int times, String address, String name) {
        for (int i = 0; i < times; i++) {
            assertThat(limit.begin(address, name)).isEmpty();
        }
    }
}
