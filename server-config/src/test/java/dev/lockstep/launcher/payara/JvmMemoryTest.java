package dev.lockstep.launcher.payara;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a JVM makes of the options for its memory, also if its user has some of his own. */
class JvmMemoryTest {

    /** Scenario: this machine's JVM. Expected outcome: it knows all options, and its heap is no larger than it must be. */
    @Test
    void heapIsSmall_andCollectedInTheSimplestWay() throws Exception {
        assertThat(flagsOf(Map.of()))
                .containsPattern("UseSerialGC\\s+= true")
                .containsPattern("InitialHeapSize\\s+= " + 232 * 1024 * 1024)
                .containsPattern("MinHeapFreeRatio\\s+= 20 ")
                .containsPattern("MaxHeapSize\\s+= " + 1024 * 1024 * 1024)
                .containsPattern(" NewSize\\s+= " + 112 * 1024 * 1024);
    }

    /** Scenario: somebody starts Payara without the launcher, as README.md tells. Expected outcome: README has the options that the launcher gives. */
    @Test
    void optionsByHand_areTheLaunchers() throws IOException {
        assertThat(Path.of("README.md")).content().contains("`-Xmx1g " + String.join(" ", JvmMemory.OPTIONS) + "`");
    }

    /** Scenario: this machine's JVM, which knows the option or does not. Expected outcome: it is told of it if it knows it. */
    @ParameterizedTest
    @ValueSource(strings = {"-XX:+UseTransparentHugePages", "-XX:TrimNativeHeapInterval=10000"})
    void whatNotEveryJvmCan_isAskedOfThoseThatCan(String option) throws Exception {
        String name = option.replaceAll("-XX:\\+?(\\w+).*", " $1 ");
        assertThat(JvmMemory.options(Map.of()).contains(option))
                .isEqualTo(flagsOf(Map.of()).contains(name));
    }

    /** Scenario: a user chooses a collector, in one of the ways there are. Expected outcome: the JVM starts, and has it. */
    @ParameterizedTest
    @ValueSource(strings = {"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"})
    void collectorOfTheUser_isTaken(String variable) throws Exception {
        assertThat(flagsOf(Map.of(variable, "-Dany=thing -XX:+UseParallelGC")))
                .containsPattern("UseParallelGC\\s+= true")
                .containsPattern("UseSerialGC\\s+= false");
    }

    /** Scenario: a user tells the JVM of a size. Expected outcome: it starts, and heeds him, whatever the size. */
    @ParameterizedTest
    @CsvSource({
        "-Xmn300m, NewSize, 314572800",
        "-XX:SurvivorRatio=6, SurvivorRatio, 6",
        "-XX:MinHeapFreeRatio=5 -XX:MaxHeapFreeRatio=10, MaxHeapFreeRatio, 10",
        "-XX:MaxMetaspaceSize=100m, MaxMetaspaceSize, 104857600",
        "-XX:MaxGCPauseMillis=20, MaxGCPauseMillis, 20",
        "-XX:-UseTransparentHugePages, UseTransparentHugePages, false",
    })
    void sizeOfTheUser_isTaken(String words, String flag, String value) throws Exception {
        assertThat(JvmMemory.options(Map.of("JAVA_TOOL_OPTIONS", words))).isEmpty();
        assertThat(flagsOf(Map.of("JAVA_TOOL_OPTIONS", words))).containsPattern(" " + flag + "\\s+= " + value + " ");
    }

    /** Scenario: a user tells the JVM something else. Expected outcome: it has both. */
    @Test
    void otherWordsOfTheUser_changeNothing() throws Exception {
        assertThat(flagsOf(Map.of(
                        "JAVA_TOOL_OPTIONS",
                        "-XX:+AlwaysPreTouch -XX:+HeapDumpOnOutOfMemoryError -XX:+DisableExplicitGC")))
                .containsPattern("AlwaysPreTouch\\s+= true")
                .containsPattern("UseSerialGC\\s+= true");
    }

    private static String flagsOf(Map<String, String> environment) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ClassArchive.java(), "-Xmx1024m"));
        command.addAll(JvmMemory.options(environment));
        command.addAll(List.of("-XX:+PrintFlagsFinal", "-version"));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        return printed;
    }
}
