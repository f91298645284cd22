package dev.lockstep.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.doctor.Writability.Failure;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WritabilityTest {

    /** Not zero: {@link System#nanoTime} may begin anywhere. */
    private static final long START = Long.MAX_VALUE - 1000;

    private final Writability orders = new Writability(START);

    private static long after(Duration time) {
        return START + time.toNanos();
    }

    private static long justBefore(Duration time) {
        return after(time) - 1;
    }

    @Test
    void nothingIsKnownAtFirst_soARehearsalIsDue_andNothingIsToldUntilItHasFailed() {
        assertThat(orders.begin(START)).isTrue();
        assertThat(orders.failure(START)).isEmpty();
    }

    /** Scenario: orders come and go. Expected outcome: no rehearsal for ten seconds after each, nor after another rehearsal. */
    @Test
    void orders_spareRehearsals() {
        assertThat(orders.ordered(START)).as("news").isFalse();
        assertThat(orders.begin(justBefore(Writability.PERIOD))).isFalse();
        assertThat(orders.begin(after(Writability.PERIOD))).isTrue();
        assertThat(orders.succeeded(START)).as("news").isFalse();
        assertThat(orders.begin(justBefore(Writability.PERIOD))).isFalse();
        assertThat(orders.begin(after(Writability.PERIOD))).isTrue();
    }

    @Test
    void failure_isToldWithItsFirstTime_andItsLastReason_untilSomethingIsCommitted() {
        Instant before = Instant.now();
        assertThat(fails("disk full", START)).as("news").isTrue();
        Failure first = orders.failure(START).orElseThrow();
        assertThat(first.since()).isBetween(before, Instant.now());
        assertThat(fails("read-only", after(Writability.AFTER_REFUSAL)))
                .as("news")
                .isFalse();
        assertThat(orders.failure(START)).contains(new Failure(first.since(), "read-only"));

        assertThat(orders.ordered(START)).as("news").isTrue();

        assertThat(orders.failure(START)).isEmpty();
    }

    private boolean fails(String reason, long now) {
        assertThat(orders.begin(now)).isTrue();
        return orders.failed(reason, false);
    }

    /** What was refused forced nothing to the disk, so its end is looked for soon; what was only not confirmed may have. */
    @Test
    void onlyOneForcedWriteInTenSeconds_alsoWhileItFails() {
        fails("read-only", START);
        assertThat(orders.begin(justBefore(Writability.AFTER_REFUSAL))).isFalse();
        assertThat(orders.begin(after(Writability.AFTER_REFUSAL))).isTrue();
        orders.failed("not confirmed", true);
        assertThat(orders.begin(after(Writability.PERIOD))).isFalse();
        assertThat(orders.begin(after(Writability.PERIOD.plus(Writability.AFTER_REFUSAL))))
                .isTrue();
    }

    /** Scenario: the network swallows the rehearsal, so not even its own limit ends it. Expected outcome: health waits no longer, and no second begins. */
    @Test
    void rehearsalWithoutAnAnswer_isAFailureAfterAWhile_andStaysTheOnlyOne() {
        orders.begin(START);
        assertThat(orders.failure(justBefore(Writability.PATIENCE))).isEmpty();
        assertThat(orders.failure(after(Writability.PATIENCE)))
                .hasValueSatisfying(failure -> assertThat(failure.reason()).isEqualTo("no answer to a write"));
        assertThat(orders.begin(after(Writability.PERIOD.multipliedBy(2)))).isFalse();
    }

    @Test
    void orderThatIsCommittedMeanwhile_saysMoreThanARehearsalThatBeganBefore() {
        orders.begin(START);
        orders.ordered(START);
        assertThat(orders.failure(after(Writability.PATIENCE))).isEmpty();
        assertThat(orders.failed("not confirmed", true)).as("news").isFalse();
        assertThat(orders.failure(after(Writability.PATIENCE))).isEmpty();
    }
}
