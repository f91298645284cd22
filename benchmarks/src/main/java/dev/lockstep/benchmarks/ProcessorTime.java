package dev.lockstep.benchmarks;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The processor time, in user and system, that this process and its descendants have used so far. */
final class ProcessorTime {

    private static final ProcessHandle CLIENTS = ProcessHandle.current();

    private final Map<ProcessHandle, Duration> used;

    private ProcessorTime(Map<ProcessHandle, Duration> used) {
        this.used = used;
    }

    static ProcessorTime now() {
        return new ProcessorTime(Stream.concat(Stream.of(CLIENTS), CLIENTS.descendants())
                .collect(toMap(
                        process -> process,
                        process -> process.info().totalCpuDuration().orElse(Duration.ZERO))));
    }

    /** What was used since; of a process that has ended meanwhile nothing. Of two servers the one without load uses next to nothing. */
    Spent since(ProcessorTime earlier) {
        return new Spent(
                seconds(earlier, CLIENTS::equals),
                seconds(earlier, ProcessorTime::isServer),
                seconds(earlier, process -> !CLIENTS.equals(process) && !isServer(process)));
    }

    /** {@return whether it is a child process that runs Java} */
    static boolean isServer(ProcessHandle process) {
        return !CLIENTS.equals(process) && process.info().command().orElse("").endsWith("/java");
    }

    private double seconds(ProcessorTime earlier, Predicate<ProcessHandle> which) {
        return used.keySet().stream()
                        .filter(which)
                        .mapToLong(process -> used.get(process)
                                .minus(earlier.used.getOrDefault(process, Duration.ZERO))
                                .toMillis())
                        .sum()
                / 1000.0;
    }

    /**
     * Seconds of processor time.
     *
     * @param clients this process's
     * @param servers that of its child processes that run Java
     * @param databases that of its other child processes
     */
    record Spent(double clients, double servers, double databases) {}
}
