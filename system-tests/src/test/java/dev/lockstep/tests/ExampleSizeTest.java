package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An example is read in ten minutes, or it is none. */
class ExampleSizeTest {

    /** Of Java; imports and comments are among them. */
    private static final int MOST_LINES = 400;

    @ParameterizedTest
    @ValueSource(strings = {"enrolment", "bank"})
    void exampleHasAtMost400LinesOfJava(String example) throws IOException {
        long lines = 0;
        try (Stream<Path> all = Files.walk(Path.of("../examples", example, "src/main/java"))) {
            List<Path> files =
                    all.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(files).hasSizeGreaterThan(5);
            for (Path file : files) {
                lines += Files.readAllLines(file).size();
            }
        }
        assertThat(lines).as("lines of " + example).isBetween(1L, (long) MOST_LINES);
    }
}
