package dev.lockstep.tests.browser;

import java.io.IOException;
import java.io.UncheckedIOException;

/** A database server is dead, and the launcher, which would start it again in half a second, stands still. */
final class Outage implements AutoCloseable {

    private final long launcher;

    /** Lets the launcher stand still, kills its child. */
    Outage(ProcessHandle launcher, ProcessHandle server) {
        this.launcher = launcher.pid();
        signal("STOP");
        server.destroyForcibly();
    }

    /** Lets the launcher go on; it finds the server dead. */
    void end() {
        signal("CONT");
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
