package dev.lockstep.launcher.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.launcher.console.StartException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static final Map<String, String> OWN_PRODUCT_DATABASE = Map.of(
            "LOCKSTEP_SERVER_NAME", "shop-1",
            "LOCKSTEP_PRODUCT_DB_HOST", "db.example",
            "LOCKSTEP_PRODUCT_DB_PASSWORD", "secret");

    @Test
    void nothingSet_isTheEmbeddedServerOnLoopback() {
        Settings settings = Settings.from(Map.of("PATH", "/bin"));
        assertThat(settings.url()).hasToString("http://127.0.0.1:8080/");
        assertThat(settings.product().address()).isEqualTo("127.0.0.1:5441/product");
        assertThat(settings.orders().address()).isEqualTo("127.0.0.1:5442/orders");
        assertThat(settings.product().isEmbedded()).isTrue();
        assertThat(settings.hasDemoProducts()).isTrue();
        assertThat(settings.dataDir()).isAbsolute();
    }

    @Test
    void emptyVariable_countsAsUnset() {
        assertThat(Settings.from(Map.of("LOCKSTEP_HTTP_PORT", "")).httpPort()).isEqualTo(8080);
    }

    @Test
    void host_makesADatabaseTheUsersOwn() {
        Settings settings = Settings.from(OWN_PRODUCT_DATABASE);
        assertThat(settings.product().isEmbedded()).isFalse();
        assertThat(settings.product().password()).hasValue("secret");
        assertThat(settings.orders().isEmbedded()).isTrue();
        assertThat(settings.hasDemoProducts()).isFalse();
    }

    @Test
    void serverEnvironment_completesWhatTheBootCommandsRead() {
        Map<String, String> variables = new HashMap<>(OWN_PRODUCT_DATABASE);
        variables.put("LOCKSTEP_HOST_NAMES", "shop.example,[2001:db8::1]");
        Settings settings = Settings.from(variables);
        assertThat(settings.serverEnvironment(
                        settings.product(), settings.orders().completed(() -> "made up")))
                .containsEntry("LOCKSTEP_PRODUCT_DB_HOST", "db.example")
                .containsEntry("LOCKSTEP_PRODUCT_DB_USER", "product")
                .containsEntry("LOCKSTEP_ORDERS_DB_HOST", "127.0.0.1")
                .containsEntry("LOCKSTEP_ORDERS_DB_PASSWORD", "made up")
                .containsEntry("LOCKSTEP_SERVER_NAME", "shop-1")
                .containsEntry("LOCKSTEP_HOST_NAMES", "shop.example,[2001:db8::1]")
                .containsEntry("LOCKSTEP_DECISION_RETENTION", "600");
    }

    @Test
    void traces_switchMicroProfileTelemetryOn() {
        assertThat(environment(Map.of()))
                .containsEntry("LOCKSTEP_LOG_FORMAT", "text")
                .allSatisfy((name, value) -> assertThat(name).doesNotStartWith("OTEL_"));
        assertThat(environment(Map.of("LOCKSTEP_TRACES", "http://collector:4318", "LOCKSTEP_LOG_FORMAT", "json")))
                .containsEntry("LOCKSTEP_LOG_FORMAT", "json")
                .containsEntry("OTEL_SDK_DISABLED", "false")
                .containsEntry("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");
    }

    @Test
    void names_areShownToStrangersInADemo_orIfToldSo() {
        String variable = "LOCKSTEP_SHOW_NAMES";
        assertThat(environment(Map.of())).containsEntry(variable, "false");
        assertThat(environment(Map.of(variable, "true"))).containsEntry(variable, "true");
        assertThat(environment(Map.of("LOCKSTEP_DEMO", "true"))).containsEntry(variable, "true");
        assertThat(environment(Map.of("LOCKSTEP_DEMO", "true", variable, "false")))
                .containsEntry(variable, "false");
    }

    private static Map<String, String> environment(Map<String, String> variables) {
        Settings settings = Settings.from(variables);
        return settings.serverEnvironment(
                settings.product().completed(() -> "made up"), settings.orders().completed(() -> "made up"));
    }

    @Test
    void passwordFile_isReadWithoutItsLineEnd(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "from file\n");
        Settings settings = Settings.from(Map.of(
                "LOCKSTEP_SERVER_NAME", "shop-1",
                "LOCKSTEP_ORDERS_DB_HOST", "db.example",
                "LOCKSTEP_ORDERS_DB_PASSWORD_FILE", file.toString()));
        assertThat(settings.orders().password()).hasValue("from file");
    }

    @ParameterizedTest
    @CsvSource({
        "LOCKSTEP_HTTP_ADDRESS, my host, an IP address or a host name of at most 253 characters",
        "LOCKSTEP_HTTP_PORT, 0, 'a port, 1 to 65535'",
        "LOCKSTEP_HTTP_PORT, 65536, 'a port, 1 to 65535'",
        "LOCKSTEP_HTTP_PORT, 99999999999, 'a port, 1 to 65535'",
        "LOCKSTEP_TRANSACTION_TIMEOUT, 4, 'seconds, 5 to 600'",
        "LOCKSTEP_TRANSACTION_TIMEOUT, 601, 'seconds, 5 to 600'",
        "LOCKSTEP_TICKET_ATTEMPTS, 1, 'attempts, 2 to 100'",
        "LOCKSTEP_TICKET_FIRST_PAUSE, 0.5, 'milliseconds, 10 to 3600000'",
        "LOCKSTEP_TICKET_LONGEST_PAUSE, 3600001, 'milliseconds, 10 to 3600000'",
        "LOCKSTEP_SERVER_NAME, a b, '1 to 32 letters, digits, dots, dashes or underscores'",
        "LOCKSTEP_DEMO_PRODUCTS, yes, true or false",
        "LOCKSTEP_MAX_HEAP, 255, 'megabytes, 256 to 1048576'",
        "LOCKSTEP_LOG_FORMAT, xml, text or json",
        "LOCKSTEP_HOST_NAMES, 'shop.example:8080', 'host names or addresses without ports, separated by commas'",
        "LOCKSTEP_HOST_NAMES, 'shop.example,', 'host names or addresses without ports, separated by commas'",
        "LOCKSTEP_TRACES, collector:4318, a URL with http or https",
    })
    void valueOutOfItsLimit_isNamedWithTheLimit(String variable, String value, String limit) {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> Settings.from(Map.of(variable, value)))
                .withMessage(variable + "=" + value + " must be " + limit);
    }

    @Test
    void contradictions_areNamed() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(
                        () -> Settings.from(Map.of("LOCKSTEP_PRODUCT_DB_HOST", "db", "LOCKSTEP_ORDERS_DB_USER", "me")))
                .withMessageContaining(
                        "exactly one of LOCKSTEP_PRODUCT_DB_PASSWORD and LOCKSTEP_PRODUCT_DB_PASSWORD_FILE")
                .withMessageContaining("LOCKSTEP_SERVER_NAME must be")
                .withMessageContaining("LOCKSTEP_ORDERS_DB_USER is set but LOCKSTEP_ORDERS_DB_HOST is not");
    }

    @Test
    void ticketsAttemptsAndPauses_reachTheApplication() {
        assertThat(environment(Map.of()))
                .containsEntry("LOCKSTEP_TICKET_ATTEMPTS", "5")
                .containsEntry("LOCKSTEP_TICKET_FIRST_PAUSE", "500")
                .containsEntry("LOCKSTEP_TICKET_LONGEST_PAUSE", "60000");
        assertThat(environment(Map.of("LOCKSTEP_TICKET_FIRST_PAUSE", "10", "LOCKSTEP_TICKET_LONGEST_PAUSE", "10")))
                .containsEntry("LOCKSTEP_TICKET_FIRST_PAUSE", "10")
                .containsEntry("LOCKSTEP_TICKET_LONGEST_PAUSE", "10");
    }

    @Test
    void longestPauseShorterThanTheFirst_isRefused() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> Settings.from(Map.of("LOCKSTEP_TICKET_LONGEST_PAUSE", "499")))
                .withMessage("LOCKSTEP_TICKET_LONGEST_PAUSE=499 must be at least LOCKSTEP_TICKET_FIRST_PAUSE=500");
    }

    @Test
    void onePortForTwoServers_isRefused() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> Settings.from(Map.of("LOCKSTEP_ORDERS_DB_PORT", "8080")))
                .withMessage(
                        "LOCKSTEP_ORDERS_DB_PORT=8080 is also LOCKSTEP_HTTP_PORT; every server needs a port of its own");
    }

    /** Kubernetes, say, names such variables after a service. */
    @Test
    void unknownVariables_areToldButNoObstacle() {
        Map<String, String> environment = Map.of("LOCKSTEP_HTTP_PROT", "80", "LOCKSTEP_SERVICE_HOST", "10.0.0.1");
        assertThat(Settings.from(environment).httpPort()).isEqualTo(8080);
        assertThat(Settings.unknownIn(environment))
                .containsExactly(
                        "LOCKSTEP_HTTP_PROT is not a setting and is ignored; did you mean LOCKSTEP_HTTP_PORT?",
                        "LOCKSTEP_SERVICE_HOST is not a setting and is ignored");
    }

    @ParameterizedTest
    @CsvSource({
        "LOCKSTEP_ORDER_DB_HOST, LOCKSTEP_ORDERS_DB_HOST",
        "LOCKSTEP_PRODUCT_DB_PASWORDFILE, LOCKSTEP_PRODUCT_DB_PASSWORD_FILE",
        "LOCKSTEP_DMO, LOCKSTEP_DEMO",
        "lockstep_data_dir, LOCKSTEP_DATA_DIR",
        "LOKSTEP_TRACES, LOCKSTEP_TRACES",
        "LOCKSTEPHTTP_PORT, LOCKSTEP_HTTP_PORT",
    })
    void slipOfThePen_isToldWithTheNearestName(String written, String meant) {
        assertThat(Settings.unknownIn(Map.of(written, "x")))
                .containsExactly(written + " is not a setting and is ignored; did you mean " + meant + "?");
    }

    @Test
    void otherProgramsVariables_areNotMentioned() {
        assertThat(Settings.unknownIn(Map.of("PATH", "/bin", "HTTP_PORT", "80", "LOCK", "x", "DATA_DIR", "/d")))
                .isEmpty();
    }

    @Test
    void missingServerName_isToldOnce() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> Settings.from(Map.of(
                        "LOCKSTEP_PRODUCT_DB_HOST", "db",
                        "LOCKSTEP_PRODUCT_DB_PASSWORD", "x",
                        "LOCKSTEP_ORDERS_DB_HOST", "db",
                        "LOCKSTEP_ORDERS_DB_PASSWORD", "x")))
                .withMessage(
                        "LOCKSTEP_PRODUCT_DB_HOST and LOCKSTEP_ORDERS_DB_HOST are set, so LOCKSTEP_SERVER_NAME must be:"
                                + " a name that no other server on these databases has");
    }

    @Test
    void passwordFilesThatCannotBeRead_areAllTold_inWords(@TempDir Path folder) throws Exception {
        Path missing = folder.resolve("missing");
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> Settings.from(Map.of(
                        "LOCKSTEP_SERVER_NAME", "shop-1",
                        "LOCKSTEP_PRODUCT_DB_HOST", "db",
                        "LOCKSTEP_PRODUCT_DB_PASSWORD_FILE", missing.toString(),
                        "LOCKSTEP_ORDERS_DB_HOST", "db",
                        "LOCKSTEP_ORDERS_DB_PASSWORD_FILE", empty.toString())))
                .withMessage("LOCKSTEP_PRODUCT_DB_PASSWORD_FILE=" + missing
                        + " must be a file that holds a password: there is no " + missing + System.lineSeparator()
                        + "LOCKSTEP_ORDERS_DB_PASSWORD_FILE=" + empty
                        + " must be a file that holds a password: it is empty");
    }

    @Test
    void whatPayaraWouldPutSomethingElseInFor_isRefused_exceptInAPassword() {
        Map<String, String> environment = new HashMap<>(OWN_PRODUCT_DATABASE);
        environment.put("LOCKSTEP_PRODUCT_DB_PASSWORD", "a${ENV=HOME}\n${b");
        assertThat(Settings.from(environment).product().password()).hasValue("a${ENV=HOME}\n${b");
        environment.put("LOCKSTEP_PRODUCT_DB_USER", "a$b");
        assertThat(Settings.from(environment).product().user()).isEqualTo("a$b");
        environment.put("LOCKSTEP_PRODUCT_DB_USER", "${user.name}");
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> Settings.from(environment))
                .withMessage("LOCKSTEP_PRODUCT_DB_USER=${user.name} must be text without ${");
    }

    @Test
    void oneDatabaseForBoth_isRefused() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> Settings.from(Map.of(
                        "LOCKSTEP_SERVER_NAME", "shop-1",
                        "LOCKSTEP_PRODUCT_DB_HOST", "db",
                        "LOCKSTEP_PRODUCT_DB_PORT", "5432",
                        "LOCKSTEP_PRODUCT_DB_NAME", "shop",
                        "LOCKSTEP_PRODUCT_DB_PASSWORD", "x",
                        "LOCKSTEP_ORDERS_DB_HOST", "db",
                        "LOCKSTEP_ORDERS_DB_PORT", "5432",
                        "LOCKSTEP_ORDERS_DB_NAME", "shop",
                        "LOCKSTEP_ORDERS_DB_PASSWORD", "x")))
                .withMessageContaining("both lead to db:5432/shop");
    }

    @Test
    void demo_tellsTheApplicationWhereItsDatabasesAre_andIsOffOtherwise() {
        Settings demo = Settings.from(Map.of("LOCKSTEP_DEMO", "true", "LOCKSTEP_DATA_DIR", "/tmp/demo"));
        Settings off = Settings.from(Map.of("LOCKSTEP_DATA_DIR", "/tmp/demo"));
        assertThat(demoFolder(demo)).isEqualTo("/tmp/demo");
        assertThat(demoFolder(off)).isEmpty();
    }

    private static String demoFolder(Settings settings) {
        return settings.serverEnvironment(
                        settings.product().completed(() -> "made up"),
                        settings.orders().completed(() -> "made up"))
                .get("LOCKSTEP_DEMO_FOLDER");
    }

    @Test
    void demoWhereOthersCouldBeHurt_isRefused() {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> Settings.from(Map.of(
                        "LOCKSTEP_DEMO", "true",
                        "LOCKSTEP_HTTP_ADDRESS", "0.0.0.0",
                        "LOCKSTEP_SERVER_NAME", "shop-1",
                        "LOCKSTEP_ORDERS_DB_HOST", "db",
                        "LOCKSTEP_ORDERS_DB_PASSWORD", "x")))
                .withMessageContaining("LOCKSTEP_DEMO=true lets an operator kill parts of the server")
                .withMessageContaining("LOCKSTEP_HTTP_ADDRESS=0.0.0.0 must be a loopback address")
                .withMessageContaining("the orders database must be embedded, not at db:5442/orders");
    }
}
