package dev.lockstep.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CompilersTest {

    private static final String REST = " S 2110 2112 2112 0 -1 4194368 5 0 0 0 1234 66 0 0 20 0 51 0 67 9 8 7";

    @Test
    void readsTheTimeOfACompilersThread() {
        assertThat(Compilers.secondsOf("2121 (C2 CompilerThre)" + REST)).isEqualTo(13.0);
        assertThat(Compilers.secondsOf("2122 (C1 CompilerThre)" + REST)).isEqualTo(13.0);
    }

    @Test
    void noOtherThreadCompiles() {
        assertThat(Compilers.secondsOf("2121 (order-lane)" + REST)).isZero();
        assertThat(Compilers.secondsOf("2121 (G1 Main Marker)" + REST)).isZero();
    }
}
