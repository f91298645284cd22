package dev.lockstep.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class RepeatedTest {

    private final Queue<Runnable> fates = new ArrayDeque<>();
    private final Repeated repeated =
            new Repeated("The thing", () -> fates.remove().run());

    private static void fails() {
        throw new StackOverflowError("once more");
    }

    private static void isWrong() {
        throw new IllegalStateException("this time");
    }

    private static void goesWell() {}

    /** Scenario: a timer's task fails, by an error, too. Expected outcome: it is told once, until the task has gone well again. */
    @Test
    void failure_isToldOnce_andIsNotTheTimersEnd() {
        fates.addAll(
                List.of(RepeatedTest::fails, RepeatedTest::isWrong, RepeatedTest::goesWell, RepeatedTest::isWrong));
        try (ToldInTheLog told = ToldInTheLog.by(Repeated.class)) {
            while (!fates.isEmpty()) {
                repeated.run();
            }
            assertThat(told.loudly())
                    .containsExactly("The thing failed, and is tried again", "The thing failed, and is tried again");
        }
    }
}
