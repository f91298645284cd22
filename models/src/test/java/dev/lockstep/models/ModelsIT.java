package dev.lockstep.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Explores every state of every model with Spin, and, with {@code -Pslow} or in full, shows that the check notices each mistake that the model knows to make. Skipped
 * where {@code spin} or {@code gcc} may be missing and is, and, but for CI, what has been explored here since it was last changed.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ModelsIT {

    private static final System.Logger LOGGER = System.getLogger(ModelsIT.class.getName());
    private static final Bound BOUND = Bound.ofThisRun();
    private static final boolean MAY_REMEMBER =
            BOUND == Bound.SMALL && !"true".equals(System.getenv().get("CI"));

    /** Whatever turned out as it should. */
    private final Map<Exploration, Outcome> outcomes = new LinkedHashMap<>();

    private final Set<Model> toldOf = new HashSet<>();

    private boolean isInstalled;

    @BeforeAll
    void findSpin() {
        isInstalled = Spin.isInstalled(System.getenv());
        assertThat(isInstalled || BOUND == Bound.SMALL).as(Spin.HOW_TO_GET_IT).isTrue(); // full is asked for
        if (!isInstalled) {
            LOGGER.log(System.Logger.Level.WARNING, Spin.HOW_TO_GET_IT);
        }
    }

    @BeforeEach
    void spinIsHere() {
        assumeTrue(isInstalled, Spin.HOW_TO_GET_IT);
    }

    @AfterAll
    void renewLogs() throws Exception {
        if (BOUND == Bound.FULL) {
            for (Model model : Model.ALL) {
                renewLog(model);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void protocol_holdsInEveryState(Exploration exploration) throws Exception {
        skipIfRemembered(exploration);
        Outcome outcome = exploration.walk().assertComplete();
        if (!exploration.model().isToldAtRun()) { // one that is has statements of other shapes and of broken rules
            outcome.assertReached();
        }
        assertThat(outcome.error()).as("%s: %s", exploration, outcome.printed()).isEqualTo("no error");
        assertThat(outcome.states())
                .as("%s: %s", exploration, outcome.printed())
                .isGreaterThan(exploration.check().fewestStates(BOUND));
        keep(exploration, outcome);
        LOGGER.log(
                System.Logger.Level.INFO,
                "{0}, {1} bound: {2} states, {3} s, no error",
                exploration,
                BOUND,
                outcome.states(),
                outcome.seconds());
    }

    static Stream<Exploration> protocol_holdsInEveryState() {
        return explorations().filter(exploration -> exploration.broken().isEmpty());
    }

    /** A changed model needs its log anew, and that run finds all of them. So other builds need not. */
    @Tag("slow")
    @ParameterizedTest(name = "{0}")
    @MethodSource
    void brokenRule_isFound(Exploration exploration) throws Exception {
        skipIfRemembered(exploration);
        Outcome outcome = exploration.walk();
        assertThat(outcome.error())
                .as("%s: %s", exploration, outcome.printed())
                .startsWith(exploration.check().error());
        keep(exploration, outcome);
    }

    static Stream<Exploration> brokenRule_isFound() {
        return explorations().filter(exploration -> !exploration.broken().isEmpty());
    }

    private static Stream<Exploration> explorations() {
        return Model.ALL.stream().flatMap(model -> model.explorations(BOUND));
    }

    private void skipIfRemembered(Exploration exploration) throws IOException {
        boolean isRemembered = MAY_REMEMBER && exploration.isRemembered();
        String line = exploration.model().name()
                + ".pml has not changed since Spin explored it here, so it does not again; it does with: mvn clean verify -pl models";
        if (isRemembered && toldOf.add(exploration.model())) {
            LOGGER.log(System.Logger.Level.INFO, line);
        }
        assumeFalse(isRemembered, line);
    }

    private void keep(Exploration exploration, Outcome outcome) throws IOException {
        exploration.remember();
        outcomes.put(exploration, outcome);
    }

    /** Only if all is well: a log with less would hide what is missing. */
    private void renewLog(Model model) throws IOException, InterruptedException {
        List<Exploration> explorations = model.explorations(BOUND).toList();
        if (!outcomes.keySet().containsAll(explorations)) {
            return;
        }
        Path folder = Path.of("target").toAbsolutePath();
        String gcc = Spin.run(folder, List.of("gcc", "--version"), Map.of())
                .lines()
                .findFirst()
                .orElseThrow();
        new ExplorationLog(model)
                .write(
                        explorations,
                        outcomes,
                        Spin.run(folder, List.of("spin", "-V"), Map.of()).strip() + ", " + gcc);
    }
}
