package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.launcher.process.Isolation;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first command of the README, in a copy that nobody has built before. The compiler's work is taken over, and no server is started. */
@Tag("quick")
class NewcomersBuildIT {

    private static final Path ORIGINAL = Path.of("..");
    private static final Pattern MODULE = Pattern.compile("<module>(.*?)</module>");

    /** What is not installed is for tests alone, and may still be compiled while this runs. */
    private static final String FOR_TESTS_ALONE = "<maven.install.skip>true</maven.install.skip>";

    /** What an older build has installed has another version, so it cannot be taken for what is missing here. */
    private static final String VERSION = "0.1.0-SNAPSHOT";

    private static final String OF_THE_COPY = "0.1.0-NEWCOMER";

    private static final int LIMIT_MINUTES = 5;

    @TempDir
    Path copy;

    /** Expected outcome: each module finds what it asks the others for, and the distribution has all that this build's has. */
    @Test
    void modulesFindOneAnother_andTheDistributionIsWhole() throws Exception {
        assertThat(ORIGINAL.resolve("README.md")).content().contains("\nmvn -Prun ");
        copyTree(ORIGINAL.resolve(".mvn"), copy.resolve(".mvn"));
        for (String module : copyPom("")) {
            copyModule(module);
        }

        build();

        String distribution = "server-config/target/lockstep";
        assertThat(files(copy.resolve(distribution)))
                .as("after a module has moved, mvn clean removes what this build's has from before")
                .isEqualTo(files(ORIGINAL.resolve(distribution)));
    }

    private void copyModule(String module) throws IOException {
        for (String within : copyPom(module)) {
            copyModule(module + "/" + within);
        }
        copyTree(
                ORIGINAL.resolve(module).resolve("src/main"),
                copy.resolve(module).resolve("src/main"));
        if (!Files.readString(ORIGINAL.resolve(module).resolve("pom.xml")).contains(FOR_TESTS_ALONE)) {
            String compiled = module + "/target/classes";
            copyTree(ORIGINAL.resolve(compiled), copy.resolve(compiled));
        }
    }

    /** {@return the modules that it names} */
    private List<String> copyPom(String module) throws IOException {
        String pom = Files.readString(ORIGINAL.resolve(module).resolve("pom.xml"));
        Path target = Files.createDirectories(copy.resolve(module)).resolve("pom.xml");
        Files.writeString(target, pom.replace(VERSION, OF_THE_COPY));
        return MODULE.matcher(pom)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    /** Without the Java that is compiled already. */
    private static void copyTree(Path from, Path to) throws IOException {
        if (!Files.exists(from)) {
            return;
        }
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (folder.endsWith("src/main/java")) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(to.resolve(from.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** With the Maven of this build, its repository, and the network only if this build has it. */
    private void build() throws Exception {
        List<String> command = new ArrayList<>(Isolation.tiedToLauncher("TERM"));
        command.addAll(List.of(
                System.getProperty("lockstep.maven"),
                "--batch-mode",
                "-Dmaven.repo.local=" + System.getProperty("lockstep.maven.repository"),
                "-Dpostgres=" + System.getProperty("lockstep.postgres"),
                "-Prun",
                "-Dexec.skip=true"));
        if (System.getProperty("lockstep.maven.network").equals("offline true")) {
            command.add("--offline");
        }
        Path output = copy.resolve("output.log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(copy.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process maven = TiedProcesses.start(builder);
        assertThat(maven.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).isTrue();
        assertThat(maven.exitValue()).as(Files.readString(output)).isZero();
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace(OF_THE_COPY, VERSION))
                    .sorted()
                    .toList();
        }
    }
}
