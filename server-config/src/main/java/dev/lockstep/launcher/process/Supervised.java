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

    /**
     * Tells whether it answers anything at all; asked now and then, once it was ready. Other than readiness this must not depend on
     * other programs, nor on how much work it has, since one that does not answer for long is killed.
     *
     * @return whether it answers now; answers within seconds
     */
    default boolean answers() {
        return true;
    }

    /** {@return why it will never be ready, once that is known} */
    Optional<String> failure();

    /**
     * Tells, after a start that failed, whether it did so by chance: then even the very first one is tried again.
     *
     * @return whether what was in the way will hardly be there again
     */
    default boolean hasFailedByChance() {
        return false;
    }

    /** {@return how long a start may take} */
    Duration startLimit();

    /**
     * Asks it to stop, and returns at once.
     *
     * @param process the running process
     */
    void requestStop(Process process);
}
