package dev.lockstep.participant.resolver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.database.Decision;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class AgesTest {

    private static final ParticipantId DATABASE = new ParticipantId("product", 1, 2, 3);
    private static final Decision ROW =
            new Decision(new GlobalId("4871251_AAAAAQAAAAJzaG9w"), List.of(), Duration.ofMinutes(10));

    private long now = 5;
    private final Ages ages = new Ages(() -> now);

    /** A database's clock that steps forward by a year changes nothing: it is not asked. */
    @Test
    void row_isOutlived_onceItWasSeenHereForItsWholeRetention() {
        assertThat(seen(List.of(ROW), true)).isFalse();
        now += Duration.ofMinutes(10).toNanos() - 1;
        assertThat(seen(List.of(ROW), true)).isFalse();
        now++;
        assertThat(seen(List.of(ROW), true)).isTrue();
    }

    @Test
    void rowThatWasAway_beginsAnew() {
        seen(List.of(ROW), true);
        now += Duration.ofMinutes(10).toNanos();
        seen(List.of(), true);
        assertThat(seen(List.of(ROW), true)).isFalse();
    }

    @Test
    void rowThatWasOnlyNotRead_isRemembered() {
        seen(List.of(ROW), true);
        now += Duration.ofMinutes(10).toNanos();
        seen(List.of(), false);
        assertThat(seen(List.of(ROW), true)).isTrue();
    }

    private boolean seen(List<Decision> rows, boolean areAll) {
        return ages.outlived(DATABASE, rows, areAll).contains(ROW.global());
    }
}
