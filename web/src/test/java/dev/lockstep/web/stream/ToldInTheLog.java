package dev.lockstep.web.stream;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a class has told in the log while this is open. */
public final class ToldInTheLog extends Handler implements AutoCloseable {

    private final Logger logger;
    private final List<LogRecord> records = Collections.synchronizedList(new ArrayList<>());

    private ToldInTheLog(Logger logger) {
        this.logger = logger;
    }

    /** Hears a class from now on. */
    public static ToldInTheLog by(Class<?> speaker) {
        ToldInTheLog told = new ToldInTheLog(Logger.getLogger(speaker.getName()));
        told.logger.addHandler(told);
        return told;
    }

    /** {@return the warnings and errors, in their order} */
    public List<String> loudly() {
        synchronized (records) {
            return records.stream()
                    .filter(one -> one.getLevel().intValue() >= Level.WARNING.intValue())
                    .map(LogRecord::getMessage)
                    .toList();
        }
    }

    @Override
    public void publish(LogRecord one) {
        records.add(one);
    }

    @Override
    public void flush() {
        // Nothing is buffered.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
