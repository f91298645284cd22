package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.launcher.settings.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

/** The compose files, which no test can run: what they set must be a setting, and what they name must be there. */
class ComposeTest {

    private static final Path FOLDER = Path.of("../docker");

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.machines.yaml"})
    void variables_areSettings(String file) throws IOException {
        Set<String> known =
                Arrays.stream(Setting.values()).map(Setting::variable).collect(Collectors.toSet());
        Set<String> set = services(file).values().stream()
                .flatMap(service -> map(service, "environment").keySet().stream())
                .filter(name -> name.startsWith(Setting.PREFIX))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(set).isNotEmpty().isSubsetOf(known);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compose.yaml", "compose.machines.yaml"})
    void secretsAndDependencies_areDeclared_andMountedFilesAreThere(String file) throws IOException {
        Map<String, Object> compose = compose(file);
        Map<String, Map<String, Object>> services = services(file);
        services.forEach((name, service) -> {
            assertThat(strings(service, "secrets"))
                    .as(name)
                    .isSubsetOf(map(compose, "secrets").keySet());
            assertThat(map(service, "depends_on").keySet()).as(name).isSubsetOf(services.keySet());
            // What a variable names must be among the secrets of the service itself.
            map(service, "environment").values().stream()
                    .map(String::valueOf)
                    .filter(value -> value.startsWith("/run/secrets/"))
                    .forEach(value -> assertThat(strings(service, "secrets"))
                            .as(name)
                            .contains(value.substring("/run/secrets/".length())));
            strings(service, "volumes").stream()
                    .filter(volume -> volume.startsWith("."))
                    .forEach(volume -> assertThat(FOLDER.resolve(volume.substring(0, volume.indexOf(':'))))
                            .exists());
        });
    }

    /** Each service of the machines deploys what the distribution has, in the flow of the others. */
    @ParameterizedTest
    @ValueSource(strings = {"product", "order", "client"})
    void machine_hasItsArchiveItsNameAndItsPeers(String machine) throws IOException {
        Map<String, Object> environment = map(services("compose.machines.yaml").get(machine), "environment");
        assertThat(environment)
                .containsEntry("LOCKSTEP_SERVER_NAME", machine)
                .containsEntry("LOCKSTEP_FLOW_PEERS_FILE", "/run/secrets/" + machine + ".peers")
                .containsEntry("LOCKSTEP_FLOW_KEYSTORE", "/run/secrets/" + machine + ".p12");
        String distribution = Files.readString(Path.of("../server-config/pom.xml"));
        assertThat(distribution).contains("<destFileName>" + environment.get("ARCHIVE") + "</destFileName>");
        String pool = String.valueOf(environment.get("POOL"));
        assertThat(pool.isEmpty() ? List.of() : List.of(pool))
                .allSatisfy(name -> assertThat(Path.of("../server-config/src/main/payara", String.valueOf(name)))
                        .exists());
    }

    private static Map<String, Object> compose(String file) throws IOException {
        return new Yaml().load(Files.readString(FOLDER.resolve(file)));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> services(String file) throws IOException {
        return (Map<String, Map<String, Object>>) compose(file).get("services");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> of, String key) {
        return (Map<String, Object>) of.getOrDefault(key, Map.of());
    }

    private static List<String> strings(Map<String, Object> of, String key) {
        return of.get(key) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : Stream.<String>of().toList();
    }
}
