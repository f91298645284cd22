package dev.lockstep.tests.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixPartTest {

    private static final List<Integer> CELLS = IntStream.range(0, 100).boxed().toList();

    @Test
    void allPartsTogether_haveEachCellOnce() {
        assertThat(IntStream.rangeClosed(1, 12)
                        .mapToObj(number -> new MatrixPart(number, 12).of(CELLS))
                        .flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(CELLS);
    }

    @Test
    void onePart_hasTheSameCellsEachTime_fromAllOver() {
        List<Integer> part = MatrixPart.of("3/12").of(CELLS);
        assertThat(part).isEqualTo(MatrixPart.of("3/12").of(CELLS)).hasSizeBetween(8, 9);
        assertThat(part).anyMatch(cell -> cell < 50).anyMatch(cell -> cell >= 50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "3", "0/12", "13/12", "3/", "a/b", "1/1000"})
    void whatIsNoPart_isRefused(String text) {
        assertThatThrownBy(() -> MatrixPart.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("part=" + text)
                .hasMessageContaining("3/12");
    }
}
