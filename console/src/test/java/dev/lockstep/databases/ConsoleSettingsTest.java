package dev.lockstep.databases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsoleSettingsTest {

    @Test
    void databaseHasTheNameOfItsDatasource_orTheOneGiven() {
        ConsoleSettings settings = ConsoleSettings.from(Map.of(
                ConsoleSettings.DATABASES, "jdbc/orders, goods=java:global/jdbc/product",
                ConsoleSettings.MIGRATE, "jdbc/orders"));
        assertThat(settings.jndiNames())
                .containsExactly(Map.entry("orders", "jdbc/orders"), Map.entry("goods", "java:global/jdbc/product"));
        assertThat(settings.ofOperators()).isEqualTo("orders");
        assertThat(settings.isMigrated("orders")).isTrue();
        assertThat(settings.isMigrated("goods")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                 | ''     | LOCKSTEP_CONSOLE_DATABASES names 0 databases; it must name 1 to 20
            jdbc/a,            | ''     | LOCKSTEP_CONSOLE_DATABASES: "" must be a datasource's JNDI name
            jdbc/a b           | ''     | LOCKSTEP_CONSOLE_DATABASES: "jdbc/a b" must be
            ldap://host/a      | ''     | LOCKSTEP_CONSOLE_DATABASES: "ldap://host/a" must be
            jdbc/of-many-more-than-28-characters | '' | 1 to 28 of A-Z a-z 0-9 _ -
            jdbc/a,old/a       | ''     | two databases have the name a; it must be another one for each, such as other=old/a
            jdbc/a,jdbc/b      | jdbc/c | LOCKSTEP_CONSOLE_MIGRATE: "jdbc/c" must be one of [jdbc/a, jdbc/b]
            """)
    void whatIsWrong_isNamedWithItsLimit(String databases, String migrated, String words) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConsoleSettings.from(
                        Map.of(ConsoleSettings.DATABASES, databases, ConsoleSettings.MIGRATE, migrated)))
                .withMessageContaining(words);
    }

    @Test
    void unknownDatasource_isNamed() {
        ConsoleSettings settings = ConsoleSettings.from(Map.of(ConsoleSettings.DATABASES, "jdbc/a"));
        assertThatIllegalArgumentException()
                .isThrownBy(settings::byName)
                .withMessageContaining("the server has no datasource \"jdbc/a\"");
    }
}
