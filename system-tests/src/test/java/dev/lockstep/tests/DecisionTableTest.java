package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.database.DecisionTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table xa_decision is said three times: where it is looked for, where the launcher makes it, and where others are told to make it. */
class DecisionTableTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../server-config/src/main/resources/db/participant/V2__xa_decision.sql",
                "../participant/README.md"
            })
    void tableIsSaidAlikeEverywhere(String file) throws IOException {
        assertThat(words(Files.readString(Path.of(file)))).contains(words(DecisionTable.DDL));
    }

    private static String words(String sql) {
        return sql.replaceAll("\\s+", " ");
    }
}
