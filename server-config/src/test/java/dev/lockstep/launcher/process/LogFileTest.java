package dev.lockstep.launcher.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {

    @TempDir
    Path folder;

    private LogFile log;

    @BeforeEach
    void logOfTenBytes() {
        log = new LogFile(folder.resolve("a.log"), 10);
    }

    /** The program never closes its file. */
    @Test
    void tooLong_isPutAside_andTheProgramGoesOn() throws Exception {
        try (OutputStream program =
                Files.newOutputStream(log.file(), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            print(program, "ten bytes\n");
            log.bound();
            assertThat(folder.resolve("a.log.1")).doesNotExist();
            print(program, "and more\n");
            log.bound();
            assertThat(log.file()).isEmptyFile();
            print(program, "next\n");
        }
        assertThat(folder.resolve("a.log.1")).hasContent("ten bytes\nand more\n");
        assertThat(log.file()).hasContent("next\n");
    }

    @Test
    void nineAreKept_theNewestFirst() throws Exception {
        for (int process = 0; process < 11; process++) {
            log.begin();
            Files.writeString(log.file(), "process " + process);
        }
        log.begin();
        assertThat(log.file()).doesNotExist();
        assertThat(folder.resolve("a.log.1")).hasContent("process 10");
        assertThat(folder.resolve("a.log.9")).hasContent("process 2");
        assertThat(folder.resolve("a.log.10")).doesNotExist();
    }

    /** Else those who print nothing and die at once would push out what tells why. */
    @Test
    void nothing_isNotKept() throws Exception {
        Files.createFile(log.file());
        log.begin();
        assertThat(folder.resolve("a.log.1")).doesNotExist();
    }

    private static void print(OutputStream program, String text) throws Exception {
        program.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
