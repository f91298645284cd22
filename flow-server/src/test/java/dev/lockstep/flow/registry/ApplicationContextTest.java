package dev.lockstep.flow.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A flow's vote and end, where the application may be gone. */
class ApplicationContextTest {

    private final AtomicInteger runs = new AtomicInteger();

    /** Scenario: the container does not run the task. Expected outcome: it is run without the context, since nobody else ends the flow. */
    @Test
    void taskThatTheContainerRefuses_isRun() {
        new ApplicationContext(task -> {
                    throw new RejectedExecutionException("the context is gone");
                })
                .run(runs::incrementAndGet);
        assertThat(runs).hasValue(1);
    }

    @Test
    void failureOfTheTaskItself_isTold_andItIsNotRunAgain() {
        assertThatThrownBy(() -> new ApplicationContext(Runnable::run).run(() -> {
                    runs.incrementAndGet();
                    throw new IllegalStateException("its own");
                }))
                .hasMessage("its own");
        assertThat(runs).hasValue(1);
    }
}
