package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Each line of docs/wcf.md is somebody's code: ours is in the files that its section names, C# in the lessons. */
class WcfPageTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Pattern SECTION = Pattern.compile("(?ms)^## (.*?)$(.*?)(?=^## |\\z)");
    private static final Pattern SOURCE =
            Pattern.compile("]\\(([^)#]+\\.(?:java|xml|md|conf|properties))(?:#[^)]*)?\\)");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    /** Cells are parted by bars; one in code has a backslash before it. */
    private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");

    /** The folder of the two lessons, which are not ours to publish. */
    private static final String LESSONS = "lockstep.lessons";

    @Test
    void javaOfEachSection_isInTheFilesItNames() throws IOException {
        List<String> missing = new ArrayList<>();
        int found = 0;
        for (MatchResult section : sections()) {
            String sources = sources(section.group(2));
            for (String line : codes(section.group(2), 2)) {
                if (sources.contains(plain(line))) {
                    found++;
                } else {
                    missing.add(section.group(1) + ": " + line);
                }
            }
        }
        assertThat(missing).isEmpty();
        assertThat(found).isGreaterThan(30);
    }

    /** {@code -Dlockstep.lessons=FOLDER} tries it where the lessons are. */
    @Test
    @EnabledIfSystemProperty(named = LESSONS, matches = ".+")
    void csharp_isInTheLessons() throws IOException {
        String lessons;
        try (Stream<Path> files = Files.list(Path.of(System.getProperty(LESSONS)))) {
            lessons = files.map(WcfPageTest::read).collect(Collectors.joining("\n"));
        }
        List<String> lines = new ArrayList<>();
        for (MatchResult section : sections()) {
            lines.addAll(codes(section.group(2), 1));
        }
        assertThat(lines).hasSizeGreaterThan(30).allSatisfy(line -> assertThat(lessons)
                .contains(plain(line)));
    }

    private static List<MatchResult> sections() throws IOException {
        return SECTION.matcher(DocsPage.of("wcf.md").text()).results().toList();
    }

    /** The files that its first paragraph names. */
    private static String sources(String section) {
        return SOURCE.matcher(section.strip().split("\n\n", 2)[0])
                .results()
                .map(source -> read(DOCS.resolve(source.group(1))))
                .collect(Collectors.joining("\n"));
    }

    /** The code in one column of each table that puts C# beside ours. */
    private static List<String> codes(String section, int column) {
        List<String> codes = new ArrayList<>();
        for (String table : section.strip().split("\n\n", -1)) {
            List<String> rows = table.strip().lines().toList();
            if (rows.get(0).matches("\\| C# \\| (Java|here) \\| \\|")
                    || (column == 2 && rows.get(0).startsWith("| WCF | Java |"))) {
                rows.stream()
                        .skip(2)
                        .map(row -> BAR.split(row, -1)[column])
                        .flatMap(cell -> CODE.matcher(cell).results())
                        .map(code -> code.group(1).replace("\\|", "|"))
                        .forEach(codes::add);
            }
        }
        return codes;
    }

    /** Aligned columns are the same text. */
    private static String plain(String text) {
        return Arrays.stream(text.split("\\s+", -1)).collect(Collectors.joining(" "));
    }

    private static String read(Path file) {
        try {
            return plain(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
