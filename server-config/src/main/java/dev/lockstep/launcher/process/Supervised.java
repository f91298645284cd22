package dev.lockstep.launcher.process;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** A program that a {@link Guardian} keeps running. */
public interface Supervised {

    /** {@return what it is called in messages} */
    String name();

    /** {@return how to start it; asked before every start, so it may clean up after a crash} */
    ProcessBuilder command();

    /** {@return the file for what it prints} */
    Path log();

    /** {@return whether it does its work now; answers within a second} */
    boolean isReady();

    /** {@return why it will never be ready, once that is known} */
    Optional<String> failure();

    /** {@return how long a start may take} */
    Duration startLimit();

    /**
     * Asks it to stop, and returns at once.
     *
     * @param process the running process
     */
    void requestStop(Process process);
}
