package dev.lockstep.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The compilers of the servers' JVMs. While they have much to do, a server is not yet as fast as it will be, however steady its rate. */
final class Compilers {

    private static final Path PROCESSES = Path.of("/proc");

    /** In proc_pid_stat(5): the name, the state, ten numbers, and then the time in user and in system. */
    private static final Pattern STAT =
            Pattern.compile("\\d+ \\(C[12] CompilerThre.*\\) \\S+(?: \\S+){10} (?<user>\\d+) (?<system>\\d+) .*");

    /** Of the kernel's clock, as programs see it: sysconf(_SC_CLK_TCK) is 100 on every Linux that Java runs on. */
    private static final double TICKS_PER_SECOND = 100;

    private Compilers() {}

    /** {@return the seconds of processor time that those threads which are there have used so far; 0 where there is no {@code /proc}} */
    static double seconds() {
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessorTime::isServer)
                .map(server -> PROCESSES.resolve(server.pid() + "/task"))
                .flatMap(Compilers::threads)
                .mapToDouble(Compilers::seconds)
                .sum();
    }

    private static Stream<Path> threads(Path tasks) {
        try (Stream<Path> threads = Files.list(tasks)) {
            return threads.toList().stream();
        } catch (IOException e) {
            return Stream.of(); // no such system, or the server has ended
        }
    }

    private static double seconds(Path thread) {
        try {
            return secondsOf(Files.readString(thread.resolve("stat")).strip());
        } catch (IOException e) {
            return 0; // it has ended
        }
    }

    /** {@return what a line tells of a compiler's thread, 0 for any other thread} */
    static double secondsOf(String stat) {
        Matcher times = STAT.matcher(stat);
        return times.matches()
                ? (Long.parseLong(times.group("user")) + Long.parseLong(times.group("system"))) / TICKS_PER_SECOND
                : 0;
    }
}
