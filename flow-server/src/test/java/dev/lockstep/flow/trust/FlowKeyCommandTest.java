package dev.lockstep.flow.trust;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line around the keys. */
class FlowKeyCommandTest {

    private static final Map<String, String> CLIENT = Map.of("LOCKSTEP_SERVER_NAME", "client");

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    private int run(Map<String, String> environment, String... arguments) {
        return FlowKeyCommand.run(List.of(arguments), environment, new PrintStream(printed, true, UTF_8));
    }

    private String file() {
        return folder.resolve("client.peers").toString();
    }

    @Test
    void peer_isAddedWithAKey_andTheLineForItsFileIsPrinted() {
        assertThat(run(CLIENT, "self", file(), "http://127.0.0.1:8083", "http://127.0.0.1:8493"))
                .isZero();
        assertThat(run(CLIENT, "add", file(), "order", "http://127.0.0.1:8082", "http://127.0.0.1:8492"))
                .isZero();
        assertThat(printed.toString(UTF_8)).contains("client = http://127.0.0.1:8083 | http://127.0.0.1:8493 | ");
    }

    @Test
    void nodeOfItsOwn_goesBeforeTheServersName() {
        assertThat(run(
                        Map.of("LOCKSTEP_SERVER_NAME", "client", "LOCKSTEP_FLOW_NODE", "caller"),
                        "self",
                        file(),
                        "http://127.0.0.1:8083",
                        "http://127.0.0.1:8493"))
                .isZero();
        assertThat(Path.of(file())).content().contains("caller = ").doesNotContain("client");
    }

    @Test
    void missingName_isAskedFor() {
        assertThat(run(Map.of(), "list", file())).isEqualTo(2);
        assertThat(printed.toString(UTF_8))
                .startsWith("LOCKSTEP_SERVER_NAME must be")
                .contains("flow-key add FILE");
    }

    @Test
    void missingFile_isNamed_andThatNothingWasChanged() {
        assertThat(run(CLIENT, "rotate", file(), "order")).isEqualTo(1);
        assertThat(printed.toString(UTF_8)).startsWith("Nothing was changed: ").contains("client.peers");
    }

    /** Who only asks has not wanted to change anything. */
    @Test
    void reading_saysNothingOfChanges() {
        assertThat(run(CLIENT, "list", file())).isEqualTo(1);
        assertThat(printed.toString(UTF_8)).doesNotContain("changed").contains("client.peers");
    }
}
