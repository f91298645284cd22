package dev.lockstep.flow.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.observe.FlowEvent.Direction;
import dev.lockstep.flow.observe.FlowEvent.Kind;
import dev.lockstep.flow.observe.FlowEvent.Moment;
import dev.lockstep.flow.observe.FlowEvent.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerFlowsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final List<FlowEvent> heard = new ArrayList<>();
    private final FlowListener listener = heard::add;
    private final FlowListener failing = event -> {
        throw new IllegalStateException("a listener's own fault");
    };
    private final FlowsHere here = new FlowsHere() {
        @Override
        public String server() {
            return "shop";
        }

        @Override
        public List<String> peers() {
            return List.of("product", "order");
        }

        @Override
        public List<OpenFlow> open() {
            return List.of();
        }
    };

    @AfterEach
    void leaveNothingBehind() {
        ServerFlows.stopListening(listener);
        ServerFlows.stopListening(failing);
        ServerFlows.stopAnswering(here);
    }

    private static FlowEvent event(Kind kind, Result result) {
        return new FlowEvent(
                new UUID(1, 1),
                "",
                "4871251_x",
                "4871251_d",
                "",
                kind,
                Direction.OUT,
                Moment.AFTER,
                0,
                result,
                "",
                NOON);
    }

    @Test
    void failingListener_keepsNothingFromTheOthers_norFromWhoTells() {
        ServerFlows.listen(failing);
        ServerFlows.listen(listener);
        ServerFlows.tell(event(Kind.PREPARE, Result.PREPARED));
        assertThat(heard).extracting(FlowEvent::kind).containsExactly(Kind.PREPARE);
    }

    @Test
    void whatAServerDidByItself_isCounted() {
        FlowCounters before = ServerFlows.survey().counters();
        ServerFlows.tell(event(Kind.PATIENCE, Result.ROLLBACK));
        ServerFlows.tell(event(Kind.PATIENCE, Result.UNKNOWN));
        ServerFlows.tell(event(Kind.IN_DOUBT, Result.UNKNOWN));
        FlowCounters after = ServerFlows.survey().counters();
        assertThat(after.patienceRollbacks() - before.patienceRollbacks()).isEqualTo(1);
        assertThat(after.inDoubtAnswers() - before.inDoubtAnswers()).isEqualTo(1);
    }

    /** A prepared branch bears the decision's id, and the flow's other servers have transactions of their own. */
    @Test
    void flow_isFoundByItsTransactionHere_andByItsDecision() {
        assertThat(ServerFlows.flowOf("4871251_never")).isEmpty();
        ServerFlows.tell(event(Kind.PREPARE, Result.PREPARED));
        assertThat(ServerFlows.flowOf("4871251_x")).hasValue(new UUID(1, 1));
        assertThat(ServerFlows.flowOf("4871251_d")).hasValue(new UUID(1, 1));
        assertThat(ServerFlows.flowOf("")).isEmpty();
    }

    @Test
    void peers_areThoseOfTheFile_whateverWasHeard_andNoneWithoutAServer() {
        ServerFlows.tally().heard("stranger", NOON);
        assertThat(ServerFlows.survey().isOn()).isFalse();
        assertThat(ServerFlows.survey().peers()).isEmpty();
        ServerFlows.answer(here);
        assertThat(ServerFlows.server()).isEqualTo("shop");
        assertThat(ServerFlows.survey().peers()).extracting(PeerContact::name).containsExactly("product", "order");
    }

    @Test
    void peer_isReachable_untilItFails_andAgainWhenItIsHeard() {
        FlowTally tally = new FlowTally();
        assertThat(contact(tally).isReachable()).as("nothing known").isTrue();
        tally.heard("product", NOON);
        tally.unanswered("product", NOON.plusSeconds(1), "Connection refused");
        assertThat(contact(tally).isReachable()).isFalse();
        assertThat(contact(tally).reason()).isEqualTo("Connection refused");
        tally.skew("product", Duration.ofSeconds(-31));
        tally.heard("product", NOON.plusSeconds(2));
        assertThat(contact(tally).isReachable()).isTrue();
        assertThat(contact(tally).skew()).hasValue(Duration.ofSeconds(-31));
    }

    private static PeerContact contact(FlowTally tally) {
        return tally.contacts(List.of("product")).get(0);
    }

    @Test
    void waitsAndRefusals_areCountedByName() {
        FlowTally tally = new FlowTally();
        tally.waited("lane commit", Duration.ofMillis(5));
        tally.waited("lane commit", Duration.ofMillis(2));
        tally.parked(Duration.ofSeconds(3));
        tally.refused(Refusal.CLOCK);
        FlowCounters counters = tally.counters();
        assertThat(counters.waits().get("lane commit"))
                .isEqualTo(new FlowCounters.Waits(2, Duration.ofMillis(7), Duration.ofMillis(5)));
        assertThat(counters.parked().count()).isEqualTo(1);
        assertThat(counters.refusals()).containsOnlyKeys(Refusal.CLOCK);
    }
}
