package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages and the package comments, for readers whose English is a second language. */
class ProseTest {

    private static final int MOST_WORDS = 25;

    private static final Path ROOT = Path.of("..");
    private static final Set<String> NOT_OURS = Set.of("target", ".git", "lockstep-data", "node_modules");

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*\\*(.*?)\\*/");
    private static final Pattern HEADING = Pattern.compile("(?m)^#.*$");
    private static final Pattern CODE_BLOCK = Pattern.compile("(?s)```.*?```|<pre>.*?</pre>");
    private static final Pattern LINK = Pattern.compile("!?\\[([^]]*)]\\([^)]*\\)");
    private static final Pattern CODE = Pattern.compile("`[^`]*`|(?s)\\{@\\w+ .*?}");

    /** A blank line, an entry of a list, a field of a table, an HTML element that begins a paragraph. */
    private static final Pattern BLOCK =
            Pattern.compile("\\n\\s*\\n|\\n\\s*(?:[-*+]|\\d+\\.)\\s|\\||</?(?:p|ul|li|h\\d)>");

    private static final Pattern SENTENCE = Pattern.compile("(?<=[.?!])[\"”)’*]*\\s+(?=[^a-z])");
    private static final Pattern WORD = Pattern.compile("\\S*\\w\\S*");

    @Test
    void sentences_haveAtMost25Words() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path file : files()) {
            sentences(prose(file))
                    .filter(sentence -> words(sentence) > MOST_WORDS)
                    .forEach(sentence -> tooLong.add(ROOT.relativize(file) + ": " + sentence));
        }
        assertThat(tooLong).isEmpty();
    }

    @Test
    void links_leadToFiles() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path file : files()) {
            Pattern.compile("]\\(([^)#:]+)(?:#[^)]*)?\\)")
                    .matcher(Files.readString(file))
                    .results()
                    .map(link -> file.resolveSibling(link.group(1)))
                    .filter(target -> !Files.exists(target))
                    .forEach(target -> broken.add(ROOT.relativize(file) + ": " + target.normalize()));
        }
        assertThat(broken).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"
                        + " nineteen twenty 21 22 23 24 25 [26](a.md).",
                "- One two three four five six seven eight nine ten eleven twelve; thirteen fourteen fifteen sixteen seventeen eighteen\n"
                        + "  nineteen twenty 21 22 23 24 25: `26`",
            })
    void longSentence_isFound(String text) {
        assertThat(sentences(text)).hasSize(1).allMatch(sentence -> words(sentence) == 26);
    }

    private static List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(ROOT, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return NOT_OURS.contains(folder.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if ((name.endsWith(".md") && !name.equals("CHANGELOG.md")) || name.equals("package-info.java")) {
                    files.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        assertThat(files).hasSizeGreaterThan(50);
        return files;
    }

    private static String prose(Path file) throws IOException {
        String text = Files.readString(file);
        return file.toString().endsWith(".md")
                ? text
                : COMMENT.matcher(text)
                        .results()
                        .map(comment -> comment.group(1).replaceAll("(?m)^ *\\* ?", ""))
                        .findFirst()
                        .orElse("");
    }

    private static Stream<String> sentences(String text) {
        String plain = HEADING.matcher(text).replaceAll("\n$0\n");
        plain = CODE_BLOCK.matcher(plain).replaceAll("\n\n");
        plain = LINK.matcher(plain).replaceAll("$1");
        plain = CODE.matcher(plain).replaceAll("Code");
        return BLOCK.splitAsStream("\n" + plain)
                .map(block -> block.replaceAll("</?\\w+>|\\*\\*", "").strip())
                .flatMap(SENTENCE::splitAsStream)
                .filter(sentence -> !sentence.isBlank());
    }

    private static long words(String sentence) {
        return WORD.matcher(sentence).results().count();
    }
}
