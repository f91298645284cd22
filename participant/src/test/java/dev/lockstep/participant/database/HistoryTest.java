package dev.lockstep.participant.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.participant.database.History.Position;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private final History history = new History();

    @Test
    void timeline_isTheBeginningOfTheFilesName() {
        assertThat(Position.of("0000001B0000000000000003", 77)).isEqualTo(new Position(27, 77));
    }

    @Test
    void whatIsAhead_isBelieved_alsoAPromotedStandbyThatBeginsEarlier() throws SQLException {
        require(new Position(1, 500));
        require(new Position(1, 500));
        require(new Position(2, 400));
        assertThat(history.farthest()).isEqualTo(new Position(2, 400));
    }

    @Test
    void formerPrimary_isNotBelieved_howeverFarItWrites() throws SQLException {
        require(new Position(2, 400));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> require(new Position(1, 9_000)))
                .withMessageContaining(
                        "it is at byte 9000 of timeline 1, behind what this process has seen of it, byte 400 of timeline 2");
    }

    @Test
    void restoredBackup_isNotBelieved() throws SQLException {
        require(new Position(1, 500));
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> require(new Position(1, 499)));
    }

    /** Its answer was on its way while another session's, which was asked later, came in. */
    @Test
    void answerThatIsOnlyLate_isBelieved() throws SQLException {
        Position before = history.farthest();
        require(new Position(1, 500));
        history.require(before, new Position(1, 450), "it");
        assertThat(history.farthest()).isEqualTo(new Position(1, 500));
    }

    private void require(Position reached) throws SQLException {
        history.require(history.farthest(), reached, "it");
    }
}
