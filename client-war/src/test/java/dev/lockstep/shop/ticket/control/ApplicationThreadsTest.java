package dev.lockstep.shop.ticket.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Threads that must not outlive their application. */
class ApplicationThreadsTest {

    private final ApplicationThreads threads = new ApplicationThreads("rower");
    private final Set<Thread> atWork = ConcurrentHashMap.newKeySet();

    /** Scenario: they still have something to do, and go on with it until somebody waits for them. */
    @Test
    void afterItsEnd_noneIsAlive() throws Exception {
        Thread undeploying = Thread.currentThread();
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(2);
        threads.begin(2, () -> {
            atWork.add(Thread.currentThread());
            begun.countDown();
            awaitOrEnd(closing);
            while (undeploying.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        });
        begun.await();
        assertThat(atWork).extracting(Thread::getName).containsExactlyInAnyOrder("rower-1", "rower-2");

        closing.countDown();
        threads.end();

        assertThat(atWork).hasSize(2).noneMatch(Thread::isAlive);
    }

    /** The deployment has failed before it could begin. */
    @Test
    void thatHasNotBegun_ends() {
        threads.end();
        assertThat(atWork).isEmpty();
    }

    private static void awaitOrEnd(CountDownLatch closing) {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
