package dev.lockstep.lab.hold.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.web.ProblemException;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import java.lang.reflect.Proxy;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Holds that never come to their point, more of them than may be held at a time. */
class HoldsTest {

    private final Holds holds = new Holds(null, null, null);

    private Hold begin() {
        NewOrder order = new NewOrder(UUID.randomUUID(), "held", 1, 1);
        return holds.begin(new HoldRequest(order, HoldPoint.WORK), "ann", null);
    }

    private static ManagedExecutorService pool(Executor behaviour) {
        return (ManagedExecutorService) Proxy.newProxyInstance(
                HoldsTest.class.getClassLoader(),
                new Class<?>[] {ManagedExecutorService.class},
                (pool, method, arguments) -> {
                    behaviour.execute((Runnable) arguments[0]);
                    return null;
                });
    }

    @Test
    void holdThatNoThreadPlaces_isRefused_andTakesNoPlace() {
        holds.threads = pool(work -> {
            throw new RejectedExecutionException("all are taken");
        });
        for (int i = 0; i <= Holds.HELD_MAX; i++) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(this::begin)
                    .satisfies(e -> assertThat(e.problem().type()).isEqualTo("not-placed"));
        }
    }

    @Test
    void holdWhoseThreadDies_isNotOnItsWayForEver() {
        holds.threads = pool(work -> {
            Thread dying = new Thread(work);
            dying.setUncaughtExceptionHandler((thread, reason) -> {});
            dying.start();
            join(dying);
        });
        assertThat(IntStream.rangeClosed(0, Holds.HELD_MAX).mapToObj(i -> begin()))
                .allSatisfy(hold -> assertThat(hold.state()).isEqualTo(HoldState.UNKNOWN));
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
