package dev.lockstep.launcher.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveTest {

    /** What is committed in one database and in doubt in the other is never moved. */
    @ParameterizedTest
    @CsvSource({
        "P90D, PT-1S, PT-1S, P90D",
        "P90D, PT0S, P89D, P90D",
        "P90D, P90D, PT-1S, P90DT1H",
        "P90D, P100D, P200D, P200DT1H"
    })
    void nothingThatMayBeInDoubt_isOld(Duration asked, Duration product, Duration orders, Duration age) {
        assertThat(Archive.ageOf(asked, List.of(product, orders))).isEqualTo(age);
    }
}
