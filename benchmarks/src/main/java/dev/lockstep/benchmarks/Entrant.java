package dev.lockstep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A candidate of the comparison of everybody, with what is known of its server.
 *
 * @param candidate the candidate
 * @param toFirstOrder from the start of its process to its first order, or zero if it has none
 * @param processes its server's, of which there is one, or none
 */
record Entrant(Candidate candidate, Duration toFirstOrder, List<ProcessHandle> processes) {

    /** {@return the memory that its process has in use, or had at most, in megabytes; 0 if there is none, or the system is no Linux} */
    long megabytes(Memory memory) throws IOException {
        long kilobytes = 0;
        for (ProcessHandle process : processes) {
            Path status = Path.of("/proc", Long.toString(process.pid()), "status");
            if (Files.exists(status)) {
                kilobytes += Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith(memory.field))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                        .sum();
            }
        }
        return kilobytes / 1024;
    }

    /** Which memory. */
    enum Memory {
        NOW("VmRSS:"),
        MOST("VmHWM:");

        private final String field;

        Memory(String field) {
            this.field = field;
        }
    }
}
