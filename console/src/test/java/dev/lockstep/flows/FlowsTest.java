package dev.lockstep.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.FlowEvent.Direction;
import dev.lockstep.flow.observe.FlowEvent.Kind;
import dev.lockstep.flow.observe.FlowEvent.Moment;
import dev.lockstep.flow.observe.FlowEvent.Result;
import dev.lockstep.flow.observe.FlowsHere;
import dev.lockstep.flow.observe.OpenFlow;
import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.journal.FlowNews;
import dev.lockstep.journal.Journal;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FlowsTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final UUID FLOW = new UUID(1, 2);

    private final FlowAccess access = new FlowServerAccess(Clock.fixed(NOON, ZoneOffset.UTC));
    private final Journal journal = new Journal();
    private final Flows flows = new Flows(journal, access);
    private final FlowsHere here = new FlowsHere() {
        @Override
        public String server() {
            return "order";
        }

        @Override
        public List<String> peers() {
            return List.of("client", "product");
        }

        @Override
        public List<OpenFlow> open() {
            return List.of(parked());
        }
    };

    private static OpenFlow parked() {
        return new OpenFlow(
                FLOW,
                "h",
                "4871251_x",
                "client",
                List.of(),
                OpenFlow.State.PREPARED,
                NOON.minusSeconds(4),
                NOON.minusSeconds(9),
                Optional.empty(),
                OpenFlow.Part.FOLLOWER,
                "product",
                "4871251_d",
                List.of(new OpenFlow.Wait(
                        "client", OpenFlow.Wait.Kind.PEER, NOON.minusSeconds(4), "no decision since the vote")));
    }

    @BeforeEach
    void switchOn() {
        ServerFlows.answer(here);
        flows.begin(this);
    }

    @AfterEach
    void switchOff() {
        flows.end();
        ServerFlows.stopAnswering(here);
    }

    private static FlowEvent event(UUID flow, Kind kind, Moment moment, Result result) {
        return new FlowEvent(
                flow, "h", "4871251_x", "4871251_d", "client", kind, Direction.IN, moment, 0, result, "", NOON);
    }

    @Test
    void survey_tellsWhoWaitsForWhom_forHowLong_andWhy() {
        ServerFlows.tally().unanswered("product", NOON, "Connection refused");
        JsonObject json = flows.survey();
        assertThat(json.getBoolean("on")).isTrue();
        JsonObject flow = json.getJsonArray("flows").getJsonObject(0);
        assertThat(flow.getString("decision")).isEqualTo("4871251_d");
        assertThat(flow.getInt("stateMillis")).isEqualTo(4000);
        assertThat(flow.getInt("ageMillis")).isEqualTo(9000);
        assertThat(flow.getJsonArray("waits").getJsonObject(0).toString())
                .contains("\"whom\":\"client\"", "\"kind\":\"PEER\"", "\"millis\":4000", "no decision since the vote");
        JsonObject product = json.getJsonArray("peers").getJsonObject(1);
        assertThat(product.getBoolean("reachable")).isFalse();
        assertThat(product.getString("reason")).isEqualTo("Connection refused");
        assertThat(json.getJsonObject("counters")).containsKeys("patienceRollbacks", "inDoubtAnswers", "refusals");
    }

    @Test
    void numbers_areThoseOfTheSurvey() {
        ServerFlows.tally().heard("client", NOON);
        FlowNumbers numbers = flows.numbers();
        assertThat(numbers.open()).isEqualTo(1);
        assertThat(numbers.waiting()).isEqualTo(1);
        assertThat(numbers.parked()).isEqualTo(1);
        assertThat(numbers.oldestParked()).isEqualTo(Duration.ofSeconds(4));
        assertThat(numbers.oldestPrepared()).containsEntry("product", Duration.ofSeconds(4));
        assertThat(numbers.refusals()).containsKeys("CLOCK", "WRONG_KEY");
        assertThat(numbers.peers()).containsOnlyKeys("client", "product");
        assertThat(numbers.peers().get("client").words()).isEqualTo("heard of at " + NOON);
    }

    @Test
    void messages_comeIntoTheJournal_andToWhoeverListens() {
        List<FlowNews> heard = new ArrayList<>();
        flows.onNews(heard::add);
        ServerFlows.tell(event(FLOW, Kind.PREPARE, Moment.BEFORE, Result.NONE));
        ServerFlows.tell(event(FLOW, Kind.PREPARE, Moment.AFTER, Result.PREPARED));
        ServerFlows.tell(event(FlowEvent.NO_FLOW, Kind.DECISIONS, Moment.AFTER, Result.DONE));
        ServerFlows.tell(event(FLOW, Kind.PATIENCE, Moment.AFTER, Result.ROLLBACK));
        assertThat(heard).extracting(news -> news.message().outcome()).containsExactly("", "PREPARED", "ROLLBACK");
        assertThat(heard).extracting(news -> news.message().peer()).containsExactly("client", "client", "");
        assertThat(heard).extracting(FlowNews::server).containsOnly("order");
        assertThat(journal.ofFlow(FLOW.toString())).singleElement().satisfies(story -> {
            assertThat(story.server()).isEqualTo("order");
            assertThat(story.handle()).isEqualTo("h");
            assertThat(story.messages()).hasSize(2);
        });
    }

    /** A branch in doubt bears the decision's id: so the console shows of which flow it is. */
    @Test
    void branchThatIsPrepared_isJoinedWithItsFlow() {
        assertThat(flows.flowOf("4871251_d")).as("nothing heard yet").isEmpty();
        ServerFlows.tell(event(FLOW, Kind.PREPARE, Moment.AFTER, Result.PREPARED));
        assertThat(flows.flowOf("4871251_d")).hasValue(FLOW.toString());
    }

    /** Scenario: the console stands in a server without flows. Expected outcome: it has none, and nothing fails. */
    @Test
    void withoutTheModule_thereAreNoFlows() throws ReflectiveOperationException {
        Class<?> type = new WithoutFlowServer().loadClass(Flows.class.getName());
        Object there = type.getDeclaredConstructor(type.getClassLoader().loadClass(Journal.class.getName()))
                .newInstance((Object) null);
        assertThat(type.getMethod("survey").invoke(there))
                .hasToString("{\"on\":false,\"server\":\"\",\"flows\":[],\"peers\":[]}");
    }

    /** Loads this module's classes anew, and does not find the other's. */
    private static final class WithoutFlowServer extends ClassLoader {

        WithoutFlowServer() {
            super(FlowsTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("dev.lockstep.flow.")) {
                throw new ClassNotFoundException(name);
            }
            return name.startsWith("dev.lockstep.flows.") || name.startsWith("dev.lockstep.journal.")
                    ? anew(name)
                    : super.loadClass(name, resolve);
        }

        private Class<?> anew(String name) throws ClassNotFoundException {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = file.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
