package dev.lockstep.order.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AttemptsTest {

    @Test
    void pauses_areTwiceAsLongEachTime() {
        assertThat(Attempts.DEFAULT.pauses()).isEqualTo(millis(500, 1000, 2000, 4000, 8000));
    }

    @Test
    void pauses_growToTheLongest() {
        assertThat(new Attempts(7, Duration.ofMillis(400), Duration.ofSeconds(1)).pauses())
                .isEqualTo(millis(400, 800, 1000, 1000, 1000, 1000, 1000));
        assertThat(new Attempts(3, Duration.ofSeconds(1), Duration.ofSeconds(1)).pauses())
                .isEqualTo(millis(1000, 1000, 1000));
    }

    private static List<Duration> millis(long... each) {
        return LongStream.of(each).mapToObj(Duration::ofMillis).toList();
    }
}
