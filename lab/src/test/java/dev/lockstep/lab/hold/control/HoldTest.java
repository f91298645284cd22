package dev.lockstep.lab.hold.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.journal.ClientRequest;
import dev.lockstep.journal.Journal;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import dev.lockstep.participant.observe.Veto;
import dev.lockstep.shop.order.OrderSubject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hold and the events of its transaction, of two branches. */
class HoldTest {

    private static final NewOrder ORDER = new NewOrder(UUID.randomUUID(), "held", 1, 1);

    private final Journal journal = new Journal();
    private final ClientRequest request = journal.request();

    private Hold hold(HoldPoint at, Duration limit) {
        Hold hold = new Hold(ORDER, at, limit, "ann");
        hold.begin(request);
        step(hold, Kind.START, "C0", Result.NONE);
        step(hold, Kind.START, "F1", Result.NONE);
        return hold;
    }

    private void step(Hold hold, Kind kind, String branch, Result result) {
        for (Moment moment : Moment.values()) {
            TransactionEvent event = new TransactionEvent(
                    kind,
                    moment,
                    "4871251_x",
                    branch.equals("C0") ? "product" : "orders",
                    branch,
                    branch.equals("C0"),
                    Instant.EPOCH,
                    moment == Moment.BEFORE ? Result.NONE : result,
                    "",
                    List.of(OrderSubject.of(ORDER)));
            journal.onEvent(event);
            hold.onEvent(event);
        }
    }

    @Test
    void lastVote_isVetoed_whenNobodyHasSaidCommit() {
        Hold hold = hold(HoldPoint.PREPARED, Duration.ZERO);
        step(hold, Kind.PREPARE, "C0", Result.PREPARED);
        assertThatExceptionOfType(Veto.class)
                .isThrownBy(() -> step(hold, Kind.PREPARE, "F1", Result.PREPARED))
                .withMessageContaining(ORDER.orderId().toString())
                .withMessageContaining("ann")
                .withMessageContaining("TIMEOUT");
        assertThat(hold.hasSaidNo()).isTrue();
    }

    /** Scenario: the decision gets no answer, and the resolver settles both branches later. Expected outcome: then the hold tells it. */
    @ParameterizedTest
    @CsvSource({"COMMIT, COMMITTED", "ROLLBACK, ROLLED_BACK"})
    void outcome_thatIsNotKnownYet_isToldWhenItIs(Result resolution, HoldState outcome) {
        Hold hold = hold(HoldPoint.WORK, Duration.ZERO);
        step(hold, Kind.DECISION, "C0", Result.UNKNOWN);
        step(hold, Kind.COMMIT, "F1", Result.UNKNOWN);
        hold.over(HoldState.UNKNOWN, Optional.empty());
        step(hold, Kind.RESOLVE, "C0", resolution);
        assertThat(hold.state()).isEqualTo(HoldState.UNKNOWN);
        step(hold, Kind.RESOLVE, "F1", resolution);
        assertThat(hold.state()).isEqualTo(outcome);
    }

    /** Scenario: it is over while another reader looks. Expected outcome: that is told with the next look, since the page asks no more then. */
    @Test
    void stateThatIsTold_isNotNewerThanWhatTheReaderSaw() throws SQLException {
        Hold hold = hold(HoldPoint.WORK, Duration.ZERO);
        Reading seen = new Reading(Optional.of(10), Optional.empty(), false, Optional.empty());
        HoldJson.Look meanwhileOver = any -> {
            any.over(HoldState.COMMITTED, Optional.empty());
            return seen;
        };
        assertThat(HoldJson.of(hold, meanwhileOver).getString("state")).isEqualTo("PLACING");
        assertThat(HoldJson.of(hold, meanwhileOver).getString("state")).isEqualTo("COMMITTED");
    }
}
