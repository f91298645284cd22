package dev.lockstep.tests.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of docs/transaction-flow.md: each row names a test, and each test that it names is there. */
class WcfTableTest {

    private static final Path ROOT = Path.of("..");
    private static final Path PAGE = ROOT.resolve("docs/transaction-flow.md");
    private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))\\.(\\w+)`");
    private static final List<String> MODULES = List.of("transaction-flow", "flow-server", "system-tests");

    @Test
    void eachRow_namesATestThatIsThere() throws IOException {
        List<String> rows = Files.readString(PAGE)
                .split("## WCF, row by row", 2)[1]
                .lines()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| ") && !line.startsWith("| WCF"))
                .toList();
        assertThat(rows).hasSizeGreaterThan(20).allMatch(row -> NAMED.matcher(row)
                .find());
        assertThat(rows.stream().flatMap(row -> NAMED.matcher(row).results()).filter(test -> !isThere(test)))
                .extracting(MatchResult::group)
                .isEmpty();
    }

    private static boolean isThere(MatchResult test) {
        return MODULES.stream()
                .map(module -> ROOT.resolve(module + "/src/test/java"))
                .flatMap(WcfTableTest::sources)
                .filter(file -> file.endsWith(test.group(1) + ".java"))
                .anyMatch(file -> text(file).contains(" void " + test.group(2) + "("));
    }

    private static Stream<Path> sources(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
