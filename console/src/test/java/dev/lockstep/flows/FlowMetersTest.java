package dev.lockstep.flows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.flow.observe.FlowsHere;
import dev.lockstep.flow.observe.OpenFlow;
import dev.lockstep.flow.observe.Refusal;
import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.journal.Journal;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;
import org.eclipse.microprofile.metrics.Tag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FlowMetersTest {

    private final Map<String, Supplier<? extends Number>> gauges = new LinkedHashMap<>();
    private final FlowMeters meters =
            new FlowMeters(rememberingGauges(), new Flows(new Journal(), new FlowServerAccess()));
    private final FlowsHere here = new FlowsHere() {
        @Override
        public String server() {
            return "order";
        }

        @Override
        public List<String> peers() {
            return List.of("metered");
        }

        @Override
        public List<OpenFlow> open() {
            return List.of(new OpenFlow(
                    new UUID(5, 5),
                    "h",
                    "4871251_x",
                    "metered",
                    List.of(),
                    OpenFlow.State.PREPARED,
                    Instant.now().minusSeconds(60),
                    Instant.now().minusSeconds(61),
                    Optional.empty(),
                    OpenFlow.Part.FOLLOWER,
                    "product",
                    "4871251_d",
                    List.of()));
        }
    };

    /** A registry that takes a gauge of each name and tags once, as a real one does. */
    @SuppressWarnings("unchecked")
    private MetricRegistry rememberingGauges() {
        return (MetricRegistry) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {MetricRegistry.class}, (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("gauge");
                    String tags = arguments.length < 3
                            ? ""
                            : Arrays.stream((Tag[]) arguments[2])
                                    .map(tag -> "{" + tag.getTagName() + "=" + tag.getTagValue() + "}")
                                    .collect(Collectors.joining());
                    String name = ((Metadata) arguments[0]).getName() + tags;
                    assertThat(gauges.put(name, (Supplier<? extends Number>) arguments[1]))
                            .as("twice: " + name)
                            .isNull();
                    return null;
                });
    }

    @AfterEach
    void leaveNothingBehind() {
        ServerFlows.stopAnswering(here);
        ServerFlows.tally().rowsKept(Map.of());
    }

    private double value(String name) {
        assertThat(gauges).containsKey(name);
        return gauges.get(name).get().doubleValue();
    }

    /** What the design asks for: gates parked and how long, the oldest prepared by its database, and the rest of its list. */
    @Test
    void namesAreThose_ofTheDesign_andOfDashboardAndAlerts() throws IOException {
        ServerFlows.answer(here);
        ServerFlows.tally().rowsKept(Map.of("UNSEEN", 1L));
        ServerFlows.tally().waited("pool product", Duration.ofSeconds(1));
        meters.look();
        Set<String> names = gauges.keySet().stream()
                .map(name -> name.replaceFirst("\\{.*", ""))
                .collect(Collectors.toSet());
        assertThat(names)
                .contains(
                        "lockstep_flow_gates_parked",
                        "lockstep_flow_gates_parked_oldest_seconds",
                        "lockstep_flow_gate_parkings_sum_seconds",
                        "lockstep_flow_prepared_oldest_seconds",
                        "lockstep_flow_patience_rollbacks",
                        "lockstep_flow_in_doubt_answers",
                        "lockstep_flow_decisions_kept",
                        "lockstep_flow_refusals",
                        "lockstep_flow_peer_skew_seconds",
                        "lockstep_flow_waits_sum_seconds");
        Path monitoring = Path.of("../server-config/src/main/monitoring");
        for (String file : List.of("lockstep-dashboard.json", "lockstep-alerts.yaml")) {
            assertThat(Pattern.compile("lockstep_flow_\\w+")
                            .matcher(Files.readString(monitoring.resolve(file)))
                            .results()
                            .map(MatchResult::group))
                    .as(file)
                    .isNotEmpty()
                    .isSubsetOf(names);
        }
        assertThat(gauges).containsKey("lockstep_flow_waits_count{for=pool product}");
    }

    @Test
    void withoutPeers_thereIsNoGauge() {
        meters.look();
        assertThat(gauges).isEmpty();
    }

    @Test
    void eachNumberOfAFlow_isAGauge_andWhatIsNewBecomesOneAtTheNextLook() {
        ServerFlows.answer(here);
        meters.look();
        assertThat(value("lockstep_flow_open")).isEqualTo(1);
        assertThat(value("lockstep_flow_gates_parked")).isEqualTo(1);
        assertThat(value("lockstep_flow_gates_parked_oldest_seconds")).isBetween(60.0, 120.0);
        assertThat(value("lockstep_flow_prepared_oldest_seconds{commit_point=product}"))
                .isBetween(60.0, 120.0);
        assertThat(value("lockstep_flow_peer_reachable{peer=metered}")).isEqualTo(1);

        ServerFlows.tally().unanswered("metered", Instant.now(), "Connection refused");
        ServerFlows.tally().skew("metered", Duration.ofMillis(-1500));
        double refusals = value("lockstep_flow_refusals{reason=CLOCK}");
        ServerFlows.tally().refused(Refusal.CLOCK);
        ServerFlows.tally().rowsKept(Map.of("AWAY", 3L));
        ServerFlows.tally().waited("lane end", Duration.ofSeconds(3));
        meters.look();
        meters.look();
        assertThat(value("lockstep_flow_peer_reachable{peer=metered}")).isZero();
        assertThat(value("lockstep_flow_peer_skew_seconds{peer=metered}")).isEqualTo(-1.5);
        assertThat(value("lockstep_flow_refusals{reason=CLOCK}")).isEqualTo(refusals + 1);
        assertThat(value("lockstep_flow_decisions_kept{reason=AWAY}")).isEqualTo(3);
    }
}
