package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.flow.server.FlowRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger room = new AtomicInteger();
    private final List<String> entered = new CopyOnWriteArrayList<>();
    private final Admission admission = new Admission(3, LONG);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whereThereIsRoom_nobodyWaits() throws Exception {
        room.set(1);
        assertThat(enter(admission, "one", LONG)).isEqualTo("one");
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void thoseWhoWait_comeInAsTheyCame() throws Exception {
        Future<String> one = waiting("one", 1);
        Future<String> two = waiting("two", 2);
        Future<String> three = waiting("three", 3);
        for (Future<String> next : List.of(one, two, three)) {
            room.incrementAndGet();
            admission.left();
            next.get(20, TimeUnit.SECONDS);
        }
        assertThat(entered).containsExactly("one", "two", "three");
    }

    /** Scenario: somebody waits, and there is room, though nobody has told so. Expected outcome: who comes later does not overtake. */
    @Test
    void whoComesLater_doesNotOvertake() throws Exception {
        Future<String> first = waiting("first", 1);
        room.set(2);
        Future<String> second = waiting("second", 2);
        admission.left();
        first.get(20, TimeUnit.SECONDS);
        second.get(20, TimeUnit.SECONDS);
        assertThat(entered).containsExactly("first", "second");
    }

    @Test
    void fullLine_isToldAtOnce() {
        List<Future<String>> line = List.of(waiting("one", 1), waiting("two", 2), waiting("three", 3));
        assertThatThrownBy(() -> enter(admission, "four", LONG))
                .isInstanceOf(FlowRefusedException.class)
                .hasMessage("8 are here, and 3 wait already");
        assertThat(line).noneMatch(Future::isDone);
    }

    @Test
    void patienceAndDeadlineEnd() {
        for (Duration deadline : List.of(LONG, Duration.ofMillis(1))) {
            assertThatThrownBy(() ->
                            enter(new Admission(3, deadline.equals(LONG) ? Duration.ZERO : LONG), "one", deadline))
                    .isInstanceOf(FlowRefusedException.class)
                    .hasMessageStartingWith("8 are here; it has waited")
                    .extracting(refused -> ((FlowRefusedException) refused).problem())
                    .isEqualTo("flow-too-many");
        }
        assertThat(admission.waiting()).isZero();
    }

    private Future<String> waiting(String who, int together) {
        Future<String> future = threads.submit(() -> enter(admission, who, LONG));
        Servers.await(who + " waits", () -> admission.waiting() == together);
        return future;
    }

    private String enter(Admission at, String who, Duration deadline) throws FlowRefusedException {
        return at.enter(
                Deadline.in(deadline),
                () -> {
                    if (room.getAndUpdate(free -> Math.max(0, free - 1)) == 0) {
                        return Optional.empty();
                    }
                    entered.add(who);
                    return Optional.of(who);
                },
                () -> "8 are here");
    }
}
