package dev.lockstep.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.servlet.ServletException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What WCF refuses when a service or a client is opened is refused when the application is deployed. Each fault tells class, method and reason. */
class WcfDeploymentTest {

    private static final String HERE = DeploymentContracts.class.getName() + '$';

    private final NotedFlows flows = NotedFlows.here();

    @BeforeEach
    void reset() {
        flows.reset();
    }

    /** WCF: {@code InvalidOperationException} for {@code IsOneWay = true} with {@code TransactionFlow}. */
    @Test
    void oneWayOperationThatAllowsFlow_isRefused() {
        assertThat(FlowFaults.ofResource(DeploymentContracts.OneWay.class))
                .containsExactly(
                        HERE
                                + "OneWay.events is declared @TransactionFlow(MANDATORY), but it answers later, by SseEventSink",
                        HERE + "OneWay.future is declared @TransactionFlow(MANDATORY), but it answers later, by Future",
                        HERE
                                + "OneWay.stage is declared @TransactionFlow(ALLOWED), but it answers later, by CompletionStage",
                        HERE
                                + "OneWay.streamed is declared @TransactionFlow(MANDATORY), but its answer is written while it is sent,"
                                + " by StreamingOutput",
                        HERE
                                + "OneWay.suspended is declared @TransactionFlow(MANDATORY), but it answers later, by AsyncResponse");
    }

    @Test
    void oneWayOperationOfAnEjb_isRefused_whereverItsFlowIsDeclared() {
        assertThat(FlowFaults.ofResource(DeploymentContracts.Ejb.class))
                .containsExactly(
                        HERE
                                + "Ejb.later is declared @TransactionFlow(ALLOWED), but it works on another thread, by @jakarta.ejb.Asynchronous");
        assertThat(FlowFaults.ofResource(DeploymentContracts.EjbContract.class)).isEmpty(); // its heirs' faults
    }

    /** WCF: {@code InvalidOperationException}, since the binding of the service does not flow. */
    @Test
    void serviceWithMandatoryFlow_andABindingWithoutFlow_isRefused() {
        assertThat(FlowFaults.ofResource(DeploymentContracts.Mandatory.class)).isEmpty();
        flows.isOn = false;
        assertThat(FlowFaults.ofResource(DeploymentContracts.Mandatory.class))
                .singleElement()
                .asString()
                .startsWith(HERE + "Mandatory.decrease is declared @TransactionFlow(MANDATORY), but ")
                .contains("LOCKSTEP_FLOW_PEERS_FILE");
    }

    @Test
    void clientWithMandatoryFlow_andABindingWithoutFlow_isRefused() {
        assertThat(ofClient("http://product")).isEmpty();
        flows.isOn = false;
        assertThat(ofClient("http://product"))
                .singleElement()
                .asString()
                .startsWith(HERE + "Client.decrease is declared @TransactionFlow(MANDATORY), but ")
                .contains("LOCKSTEP_FLOW_PEERS_FILE");
    }

    /** WCF: {@code SessionMode.Required} and a binding without sessions. Here the flow is the session, and only peers have one. */
    @Test
    void clientWithoutASession_isRefused_sinceItsAddressIsNoPeers() {
        flows.isPeer = false;
        assertThat(ofClient("http://192.168.10.9:8080"))
                .hasSize(2)
                .allMatch(fault -> fault.contains("http://192.168.10.9:8080 is no peer's"))
                .anyMatch(fault -> fault.contains("Client.decrease"))
                .anyMatch(fault -> fault.contains("Client.give"));
        assertThat(FlowFaults.ofDeployedClient(DeploymentContracts.Client.class, any -> Optional.empty()))
                .hasSize(2)
                .allMatch(fault -> fault.contains("no base address"));
        assertThat(ofClient("not an address")).hasSize(2).allMatch(fault -> fault.contains("address is none"));
    }

    @Test
    void clientWithoutFlow_isNotAskedWhereItCalls() {
        flows.isPeer = false;
        assertThat(FlowFaults.ofDeployedClient(DeploymentContracts.Weather.class, any -> {
                    throw new AssertionError("asked");
                }))
                .isEmpty();
    }

    private static List<String> ofClient(String address) {
        return FlowFaults.ofDeployedClient(DeploymentContracts.Client.class, any -> Optional.of(address));
    }

    /** WCF stops at the first fault; whoever mends them wants to see them all. */
    @Test
    void allFaults_areToldAtOnce() {
        flows.isOn = false;
        assertThatExceptionOfType(ServletException.class)
                .isThrownBy(() -> new FlowInitializer()
                        .onStartup(
                                Set.of(
                                        DeploymentContracts.OneWay.class,
                                        DeploymentContracts.Mandatory.class,
                                        DeploymentContracts.Client.class,
                                        DeploymentContracts.Weather.class),
                                null))
                .withMessageContainingAll("OneWay.events", "OneWay.suspended", "Mandatory.decrease");
    }

    /** Scenario: a contract for both sides stands in the service's archive, where nothing says where the service is. Expected outcome: it deploys. */
    @Test
    void contractThatNobodyInjects_isNotAskedWhereItCalls() {
        flows.isPeer = false;
        assertThatCode(() -> new FlowInitializer().onStartup(Set.of(DeploymentContracts.Client.class), null))
                .doesNotThrowAnyException();
    }

    /** Whoever builds a client by hand is refused then. */
    @Test
    void asynchronousMethodsOfATypedClient_areAllNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CallerRule.ofTypedClient(DeclaredFlowTest.Asynchronous.class))
                .withMessageContainingAll("later is declared", "CompletionStage", "events is declared", "SseEventSink")
                .satisfies(refusal -> assertThat(refusal.getMessage()).doesNotContain("unflowed"));
    }
}
