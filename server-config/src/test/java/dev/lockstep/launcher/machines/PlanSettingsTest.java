package dev.lockstep.launcher.machines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.process.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The settings of a plan's servers, and their ports. */
class PlanSettingsTest {

    private static final Plan PLAN = new Plan(
            "bank",
            Path.of("bank.conf"),
            Path.of(""),
            List.of(new PlannedServer("a", "a.war", Optional.empty(), 8081, 0)));

    @Test
    void whatThePlanSays_mayNotBeSet() {
        assertThatThrownBy(() -> PlanSettings.of(
                        PLAN,
                        Map.of(
                                "LOCKSTEP_HTTP_PORT",
                                "8080",
                                "LOCKSTEP_PRODUCT_DB_HOST",
                                "db",
                                "LOCKSTEP_ORDER_URL",
                                "x")))
                .isInstanceOf(StartException.class)
                .hasMessageContaining(
                        "LOCKSTEP_HTTP_PORT=8080 must not be set: the servers of a plan have what bank.conf")
                .hasMessageContaining("LOCKSTEP_PRODUCT_DB_HOST=db must not be set")
                .hasMessageContaining("LOCKSTEP_ORDER_URL=x must not be set");
    }

    @Test
    void wrongSetting_isToldWithItsLimit() {
        PlanSettings settings = PlanSettings.of(PLAN, Map.of("LOCKSTEP_MACHINES_PORTS", "some"));
        assertThatThrownBy(settings::common)
                .isInstanceOf(StartException.class)
                .hasMessage("LOCKSTEP_MACHINES_PORTS=some must be plan or free");
    }

    @Test
    void eachServer_hasItsNameAndPort_andTheFolderIsThePlans() {
        PlanSettings settings = PlanSettings.of(PLAN, Map.of("LOCKSTEP_DECISION_RETENTION", "40"));
        assertThat(settings.common().dataDir()).endsWithRaw(Path.of("lockstep-data-bank"));
        Map<String, String> environment = settings.of(PLAN.servers().get(0)).serverEnvironment();
        assertThat(environment)
                .containsEntry("LOCKSTEP_SERVER_NAME", "a")
                .containsEntry("LOCKSTEP_HTTP_ADDRESS", "127.0.0.1")
                .containsEntry("LOCKSTEP_DECISION_RETENTION", "40")
                .doesNotContainKey("LOCKSTEP_PRODUCT_DB_HOST");
        assertThat(settings.of(PLAN.servers().get(0)).url().getPort()).isEqualTo(8081);
    }

    @Test
    void portZero_isAFreeOne_andNoTwoAreTheSame() {
        PortChoice ports = new PortChoice(false);
        List<PlannedServer> placed = Stream.of("a", "b", "c")
                .map(name -> ports.place(new PlannedServer(name, "a.war", Optional.empty(), 0, 0)))
                .toList();
        ports.requireFree();
        assertThat(placed.stream().flatMap(one -> Stream.of(one.applicationPort(), one.protocolPort())))
                .doesNotHaveDuplicates()
                .allMatch(port -> FreePort.obstacle(port).isEmpty());
    }

    @Test
    void portThatIsTaken_isToldWithItsServer() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PortChoice ports = new PortChoice(false);
            ports.of("of the server a", other.getLocalPort());
            assertThatThrownBy(ports::requireFree)
                    .isInstanceOf(StartException.class)
                    .hasMessageStartingWith("Port " + other.getLocalPort() + ", that of the server a, cannot be used")
                    .hasMessageEndingWith("choose another port, 1 to 65535");
            PortChoice free = new PortChoice(true);
            assertThat(free.of("of the server a", other.getLocalPort())).isNotEqualTo(other.getLocalPort());
            free.requireFree();
        }
    }

    @Test
    void portOfTwo_isToldWithBoth() {
        PortChoice ports = new PortChoice(false);
        int port = FreePort.beside(Set.of(), "a test needs it");
        ports.of("of the server a", port);
        ports.of("of the database orders", port);
        assertThatThrownBy(ports::requireFree)
                .isInstanceOf(StartException.class)
                .hasMessageContaining("that of the database orders and that of the server a");
    }
}
