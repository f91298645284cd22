package dev.lockstep.operator.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoginQueueTest {

    private final ExecutorService browsers = Executors.newCachedThreadPool();

    @AfterEach
    void closeBrowsers() {
        browsers.shutdownNow();
    }

    @Test
    void thirdWaits_untilOneLeaves() {
        LoginQueue queue = new LoginQueue(Duration.ofMinutes(1));
        assertThat(queue.enter()).isTrue();
        assertThat(queue.enter()).isTrue();
        CompletableFuture<Boolean> third = CompletableFuture.supplyAsync(queue::enter, browsers);
        assertThat(third).isNotDone();
        queue.leave();
        assertThat(third).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(true);
    }

    @Test
    void seventhIsRefusedAtOnce_andTheWaitingHaveTheirTurns() throws InterruptedException {
        LoginQueue queue = new LoginQueue(Duration.ofMinutes(1));
        CountDownLatch refused = new CountDownLatch(1);
        AtomicInteger entered = new AtomicInteger();
        List<CompletableFuture<Void>> seven = Stream.generate(() -> CompletableFuture.runAsync(
                        () -> {
                            if (queue.enter()) {
                                entered.incrementAndGet();
                            } else {
                                refused.countDown();
                            }
                        },
                        browsers))
                .limit(7)
                .toList();
        assertThat(refused.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(entered).hasValueLessThanOrEqualTo(2);
        for (int i = 0; i < 4; i++) {
            queue.leave();
        }
        assertThat(seven).allSatisfy(one -> assertThat(one).succeedsWithin(Duration.ofSeconds(10)));
        assertThat(entered).hasValue(6);
    }

    @Test
    void whoWaitsTooLong_isRefused_andLeavesItsPlace() {
        LoginQueue queue = new LoginQueue(Duration.ofMillis(1));
        assertThat(queue.enter()).isTrue();
        assertThat(queue.enter()).isTrue();
        for (int i = 0; i < 10; i++) {
            assertThat(queue.enter()).isFalse();
        }
        queue.leave();
        assertThat(queue.enter()).isTrue();
    }
}
