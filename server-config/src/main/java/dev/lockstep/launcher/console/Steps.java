package dev.lockstep.launcher.console;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/** Tells the person at the console what happens, one line a step, with the seconds since the start. */
public final class Steps {

    private final PrintStream out;
    private final InstantSource clock;
    private final Instant begin;

    /**
     * Begins to count.
     *
     * @param out where the lines go
     * @param clock tells the time
     */
    public Steps(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.begin = clock.instant();
    }

    /**
     * Tells a step.
     *
     * @param line what happened or begins to
     */
    public synchronized void say(String line) {
        double seconds = Duration.between(begin, clock.instant()).toMillis() / 1000.0;
        out.println(String.format(Locale.ROOT, "[%6.1f s] %s", seconds, line));
        out.flush();
    }
}
