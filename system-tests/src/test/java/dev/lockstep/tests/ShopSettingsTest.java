package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockstep.launcher.settings.Settings;
import dev.lockstep.order.ticket.Attempts;
import dev.lockstep.shop.doctor.ShopDatabases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shop reads its settings as the launcher does: on a Payara of one's own it is the only one that looks. */
class ShopSettingsTest {

    private static final Pattern VARIABLE = Pattern.compile("\"(LOCKSTEP_[A-Z_]+)\"");

    /** What each of them refuses. */
    private static final Map<String, String> WRONG = Map.ofEntries(
            Map.entry("LOCKSTEP_HTTP_ADDRESS", "here or there"),
            Map.entry("LOCKSTEP_HOST_NAMES", "shop.example:8080"),
            Map.entry("LOCKSTEP_TRANSACTION_TIMEOUT", "4"),
            Map.entry("LOCKSTEP_ORDER_LANES", "17"),
            Map.entry("LOCKSTEP_ORDER_QUEUE_MAX", "0"),
            Map.entry("LOCKSTEP_TICKET_QUEUE_MAX", "many"),
            Map.entry("LOCKSTEP_TICKET_ATTEMPTS", "1"),
            Map.entry("LOCKSTEP_TICKET_FIRST_PAUSE", "9"),
            Map.entry("LOCKSTEP_TICKET_LONGEST_PAUSE", "0.5"),
            Map.entry("LOCKSTEP_SHOW_NAMES", "yes"),
            Map.entry("LOCKSTEP_PRODUCT_URL", "http://127.0.0.1:8081"),
            Map.entry("LOCKSTEP_ORDER_URL", "http://127.0.0.1:8082"));

    /** ConsoleSettingsTest looks at the first two; the last one is no setting, and only the launcher sets it, to a folder of its own. */
    private static final List<String> LOOKED_AT_ELSEWHERE =
            List.of("LOCKSTEP_CONSOLE_DATABASES", "LOCKSTEP_CONSOLE_MIGRATE", "LOCKSTEP_DEMO_FOLDER");

    @Test
    void eachVariableThatAnArchiveReads_isLookedAt() throws IOException {
        Set<String> read = new TreeSet<>();
        for (String module :
                List.of("web", "console", "console-war", "client-war", "lab", "product-ejb", "order-ejb")) {
            try (Stream<Path> sources = Files.walk(Path.of("..", module, "src/main/java"))) {
                for (Path source : sources.filter(Files::isRegularFile).toList()) {
                    VARIABLE.matcher(Files.readString(source)).results().forEach(found -> read.add(found.group(1)));
                }
            }
        }
        assertThat(read)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(WRONG.keySet().stream(), LOOKED_AT_ELSEWHERE.stream())
                                .toList());
    }

    @Test
    void eachWrongValue_isToldInTheLaunchersWords() {
        assertThat(ShopDatabases.wrongSettings(Map.of())).isEmpty();
        WRONG.forEach((variable, value) -> {
            Map<String, String> environment = Map.of(variable, value);
            assertThat(ShopDatabases.wrongSettings(environment))
                    .singleElement()
                    .isEqualTo(catchThrowable(() -> Settings.from(environment)).getMessage());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "LOCKSTEP_TICKET_ATTEMPTS, 1",
        "LOCKSTEP_TICKET_ATTEMPTS, 101",
        "LOCKSTEP_TICKET_ATTEMPTS, five",
        "LOCKSTEP_TICKET_FIRST_PAUSE, 9",
        "LOCKSTEP_TICKET_FIRST_PAUSE, 60001",
        "LOCKSTEP_TICKET_FIRST_PAUSE, 3600001",
        "LOCKSTEP_TICKET_LONGEST_PAUSE, -1",
        "LOCKSTEP_TICKET_LONGEST_PAUSE, 499",
        "LOCKSTEP_TICKET_LONGEST_PAUSE, 99999999999",
        "LOCKSTEP_TICKET_QUEUE_MAX, 0",
        "LOCKSTEP_TICKET_QUEUE_MAX, 10000001",
        "LOCKSTEP_TICKET_QUEUE_MAX, 99999999999",
        "LOCKSTEP_ORDER_LANES, -1",
        "LOCKSTEP_ORDER_LANES, all",
        "LOCKSTEP_ORDER_QUEUE_MAX, 10001",
        "LOCKSTEP_TRANSACTION_TIMEOUT, 601",
        "LOCKSTEP_TRANSACTION_TIMEOUT, -5",
        "LOCKSTEP_SHOW_NAMES, TRUE",
        "LOCKSTEP_HOST_NAMES, 'a.example,'",
        "LOCKSTEP_HOST_NAMES, https://a.example",
    })
    void whatTheLauncherRefuses_theShopRefusesInTheSameWords(String variable, String value) {
        Map<String, String> environment = Map.of(variable, value);
        assertThat(ShopDatabases.wrongSettings(environment))
                .containsExactly(
                        catchThrowable(() -> Settings.from(environment)).getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "LOCKSTEP_TICKET_ATTEMPTS, 2",
        "LOCKSTEP_TICKET_ATTEMPTS, 100",
        "LOCKSTEP_TICKET_FIRST_PAUSE, 10",
        "LOCKSTEP_TICKET_FIRST_PAUSE, 60000",
        "LOCKSTEP_TICKET_LONGEST_PAUSE, 500",
        "LOCKSTEP_TICKET_LONGEST_PAUSE, 3600000",
        "LOCKSTEP_TICKET_LONGEST_PAUSE, ''",
        "ANOTHER, 0",
    })
    void whatTheLauncherPassesOn_isWhatTheApplicationReads(String variable, String value) {
        Map<String, String> environment = Map.of(variable, value);
        Settings settings = Settings.from(environment);
        assertThat(Attempts.from(settings.serverEnvironment(
                        settings.product().completed(() -> "for tests"),
                        settings.orders().completed(() -> "for tests"))))
                .isEqualTo(Attempts.from(environment));
    }
}
