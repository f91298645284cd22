package dev.lockstep.tests;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A database server is dead, and the launcher, which would start it again in half a second, stands still. */
public final class Outage implements AutoCloseable {

    private final long launcher;
    private final Runnable awaitHealed;

    /** Lets the launcher stand still, kills its child. */
    public Outage(ProcessHandle launcher, ProcessHandle server, Runnable awaitHealed) {
        this.launcher = launcher.pid();
        this.awaitHealed = awaitHealed;
        signal("STOP");
        server.destroyForcibly();
    }

    /** Lets the launcher go on, which finds the server dead, and waits until it has made good. */
    public void end() {
        signal("CONT");
        awaitHealed.run();
    }

    @Override
    public void close() {
        end();
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(launcher))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("Cannot send SIG" + name + " to the launcher: exit code " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
