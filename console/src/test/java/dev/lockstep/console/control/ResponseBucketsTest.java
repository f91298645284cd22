package dev.lockstep.console.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ResponseBucketsTest {

    private final ResponseBuckets buckets = new ResponseBuckets();

    @Test
    void countAndSum_areOfTheSameAnswersAsTheBuckets() {
        for (int millis : List.of(1, 5, 6, 25, 40_000)) {
            buckets.add(Duration.ofMillis(millis));
        }
        assertThat(IntStream.rangeClosed(0, ResponseBuckets.LIMITS.size()).mapToLong(buckets::within))
                .containsExactly(1L, 2L, 3L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 4L, 5L);
        assertThat(buckets.count()).isEqualTo(5);
        assertThat(buckets.sum()).isCloseTo(40.037, Offset.offset(1e-9));
    }
}
