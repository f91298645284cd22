package dev.lockstep.benchmarks;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Seconds of processor time, in user and system. Of two servers the one without load uses next to nothing.
 *
 * @param clients this process
 * @param payara its child processes that run Java
 * @param databases its other child processes, as far as they live
 */
record ProcessorTime(double clients, double payara, double databases) {

    private static final Predicate<ProcessHandle> IS_JAVA =
            process -> process.info().command().orElse("").endsWith("/java");

    static ProcessorTime now() {
        ProcessHandle self = ProcessHandle.current();
        return new ProcessorTime(
                seconds(Stream.of(self)),
                seconds(self.descendants().filter(IS_JAVA)),
                seconds(self.descendants().filter(IS_JAVA.negate())));
    }

    private static double seconds(Stream<ProcessHandle> processes) {
        return processes
                        .flatMap(process -> process.info().totalCpuDuration().stream())
                        .mapToLong(Duration::toMillis)
                        .sum()
                / 1000.0;
    }

    ProcessorTime since(ProcessorTime earlier) {
        return new ProcessorTime(clients - earlier.clients, payara - earlier.payara, databases - earlier.databases);
    }
}
