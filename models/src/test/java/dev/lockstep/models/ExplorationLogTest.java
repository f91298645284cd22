package dev.lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every model has been explored in full as it stands here, and by all its checks. */
class ExplorationLogTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void modelWasExploredInFullSinceItsLastChange(Model model) throws Exception {
        ExplorationLog log = new ExplorationLog(model);
        assertThat(log.hash())
                .as("%s is of another %s. Renew it by: %s", log.file(), model.file(), ExplorationLog.RENEW)
                .isEqualTo(model.sha256());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("models")
    void logTellsOfEveryExploration(Model model) {
        ExplorationLog log = new ExplorationLog(model);
        assertThat(model.explorations(Bound.FULL))
                .as("%s lacks an exploration. Renew it by: %s", log.file(), ExplorationLog.RENEW)
                .allMatch(log::tellsOf);
    }

    @Test
    void everyModelIsExplored() throws Exception {
        try (Stream<Path> files = Files.list(Path.of("").toAbsolutePath())) {
            List<Path> models =
                    files.filter(file -> file.toString().endsWith(".pml")).toList();
            assertThat(Model.ALL).extracting(Model::file).containsExactlyInAnyOrderElementsOf(models);
        }
    }

    static List<Model> models() {
        return Model.ALL;
    }
}
