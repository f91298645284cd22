package dev.lockstep.participant;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What an operator reads of the participants of this process, from its opening on: INFO and above. Thread-safe. */
final class OperatorLog extends Handler implements AutoCloseable {

    private final Queue<String> lines = new ConcurrentLinkedQueue<>();
    private final Logger logger;

    private OperatorLog(String name) {
        logger = Logger.getLogger(name);
        logger.addHandler(this);
        setLevel(Level.INFO);
    }

    static OperatorLog ofTheResolvers() {
        return new OperatorLog("dev.lockstep.participant.resolver");
    }

    static OperatorLog ofAll() {
        return new OperatorLog("dev.lockstep.participant");
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
        logger.removeHandler(this);
    }
}
