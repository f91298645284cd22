package dev.lockstep.participant;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What an operator reads of the resolvers of this process, from its opening on: INFO and above. Thread-safe. */
final class ResolverLog extends Handler implements AutoCloseable {

    private static final Logger RESOLVER = Logger.getLogger("dev.lockstep.participant.resolver");

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private ResolverLog() {
        setLevel(Level.INFO);
    }

    static ResolverLog open() {
        ResolverLog log = new ResolverLog();
        RESOLVER.addHandler(log);
        return log;
    }

    /** The lines about something, each with its level. */
    List<String> about(String something) {
        return lines.stream().filter(line -> line.contains(something)).toList();
    }

    @Override
    public void publish(LogRecord line) {
        if (isLoggable(line)) {
            lines.add(line.getLevel() + " " + line.getMessage());
        }
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public void close() {
        RESOLVER.removeHandler(this);
    }
}
