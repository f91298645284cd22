package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lockstep.launcher.settings.Settings;
import dev.lockstep.order.ticket.Attempts;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The application reads the settings of tickets as the launcher does: on a Payara of one's own it is the only one that looks. */
class TicketSettingsTest {

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
    })
    void whatTheLauncherRefuses_theApplicationRefusesInTheSameWords(String variable, String value) {
        Map<String, String> environment = Map.of(variable, value);
        assertThat(catchThrowable(() -> Attempts.from(environment)))
                .hasMessage(catchThrowable(() -> Settings.from(environment)).getMessage());
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
