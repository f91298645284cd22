package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/write-your-own.md has its reader write, held against the build. {@link WriteYourOwnIT} types the rest of it, too. */
class WriteYourOwnTest {

    private static final String PAGE = "write-your-own.md";

    /** With this the reader is done with writing, and Maven begins. */
    private static final String MAVEN = "\nmvn ";

    private static final Pattern LINE_OF_PLAN =
            Pattern.compile("(?m)^(\\w+) *= *(\\w+)/target/(\\w+)\\.war *\\| *([\\w-]+) *\\| *\\d+ *\\| *\\d+$");

    @TempDir
    static Path home;

    @BeforeAll
    static void write() throws Exception {
        List<String> commands = DocsPage.of(PAGE).commands();
        String writing = String.join("\n", commands.subList(1, commands.size()));
        Path output = Files.createTempFile(home, "output", ".log");
        Process typing = ReaderOfDocs.type(
                writing.substring(0, writing.indexOf(MAVEN)), home, output, Map.of("HOME", home.toString()));
        assertThat(typing.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(typing.exitValue()).as(Files.readString(output)).isZero();
    }

    /** Text may differ, and comments: what is typed, and what is answered, may not. */
    @Test
    void bothLanguages_haveTheSameBlocks() throws IOException {
        List<DocsPage.Block> blocks = DocsPage.of(PAGE).blocks();
        assertThat(blocks).hasSizeGreaterThan(10);
        assertThat(DocsPage.of("write-your-own.zh.md").blocks()).isEqualTo(blocks);
    }

    @Test
    void bothLanguages_haveTheSameSteps() throws IOException {
        assertThat(steps("write-your-own.zh.md")).isEqualTo(steps(PAGE)).hasSizeGreaterThan(5);
    }

    @Test
    void javaOfTheTutorial_compiles() throws IOException {
        try (Stream<Path> all = Files.walk(travel())) {
            assertThat(faults(all.filter(file -> file.toString().endsWith(".java"))
                            .toList()))
                    .isEmpty();
        }
    }

    @Test
    void javaOfTwoServices_compiles() throws IOException {
        String caller = DocsPage.of("two-services.md").commands().stream()
                .flatMap(block -> Pattern.compile("(?s)cat > (\\w+\\.java) <<'END_OF_JAVA'\\n(.*?)\\nEND_OF_JAVA\\n")
                        .matcher(block)
                        .results())
                .map(java -> java.group(2))
                .findFirst()
                .orElseThrow();
        Path file = Files.writeString(
                Files.createDirectory(home.resolve("two-services")).resolve("Buy.java"), caller);
        assertThat(faults(List.of(file))).isEmpty();
    }

    /** Each line of the plan names a module, which has a pom, and a database, which has a table and the module's pool. */
    @Test
    void plan_namesWhatIsThere() throws IOException {
        List<MatchResult> servers = LINE_OF_PLAN
                .matcher(Files.readString(travel().resolve("travel.conf")))
                .results()
                .toList();
        assertThat(servers).extracting(server -> server.group(1)).containsExactly("train", "hotel", "agency");
        for (MatchResult server : servers) {
            String module = server.group(1);
            assertThat(server.group(2)).isEqualTo(module);
            assertThat(server.group(3)).isEqualTo(module);
            assertThat(travel().resolve("pom.xml")).content().contains("<module>" + module + "</module>");
            assertThat(travel().resolve(module).resolve("pom.xml"))
                    .content()
                    .contains("<artifactId>" + module + "</artifactId>");
            String database = server.group(4);
            if (!database.equals("-")) {
                assertThat(travel().resolve("travel").resolve(database).resolve("V1__" + entityOf(module) + ".sql"))
                        .content()
                        .contains("CREATE TABLE " + entityOf(module) + " (");
                assertThat(travel().resolve(module).resolve("src/main/resources/META-INF/persistence.xml"))
                        .content()
                        .contains("<jta-data-source>jdbc/" + database + "</jta-data-source>");
            }
        }
    }

    private static String entityOf(String module) {
        return module.equals("hotel") ? "stay" : module;
    }

    /** The reader's pom asks for what this build uses, so that it is there and was tried. */
    @Test
    void versions_areThoseOfThisBuild() throws IOException {
        String ours = Files.readString(Path.of("../pom.xml"));
        List<MatchResult> asked = Pattern.compile("<artifactId>([\\w-]+)</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(Files.readString(travel().resolve("pom.xml")))
                .results()
                .filter(artifact -> !artifact.group(1).equals("travel"))
                .toList();
        assertThat(asked).hasSizeGreaterThan(5);
        assertThat(asked).allSatisfy(artifact -> {
            String name = artifact.group(1);
            String version = artifact.group(2);
            String property = Map.of(
                            "jakarta.jakartaee-api", "jakartaee.version",
                            "microprofile-rest-client-api", "microprofile-rest-client.version")
                    .getOrDefault(name, "");
            assertThat(ours.replaceAll("\\s+", ""))
                    .as(name)
                    .containsAnyOf(
                            "<artifactId>" + name + "</artifactId><version>" + version + "</version>",
                            "<" + property + ">" + version + "</" + property + ">",
                            "<artifactId>lockstep</artifactId><version>" + version + "</version>");
        });
        assertThat(Path.of("../server-config/pom.xml"))
                .content()
                .contains(
                        "<destFileName>transaction-flow.jar</destFileName>",
                        "<destFileName>lockstep.jar</destFileName>");
    }

    private static Path travel() {
        return home.resolve("travel");
    }

    private static List<String> steps(String page) throws IOException {
        return Pattern.compile("(?m)^## (\\d+)\\.")
                .matcher(DocsPage.of(page).text())
                .results()
                .map(step -> step.group(1))
                .toList();
    }

    private static List<String> faults(List<Path> sources) throws IOException {
        assertThat(sources).isNotEmpty();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(found, null, null)) {
            boolean isCompiled = compiler.getTask(
                            null,
                            files,
                            found,
                            List.of(
                                    "--release",
                                    "17",
                                    "-proc:none",
                                    "-d",
                                    Files.createTempDirectory(home, "classes").toString(),
                                    "-cp",
                                    System.getProperty("java.class.path")),
                            null,
                            files.getJavaFileObjectsFromPaths(sources))
                    .call();
            List<String> faults = found.getDiagnostics().stream()
                    .filter(fault -> fault.getKind() == Diagnostic.Kind.ERROR)
                    .map(Object::toString)
                    .toList();
            assertThat(isCompiled).isEqualTo(faults.isEmpty());
            return faults;
        }
    }
}
