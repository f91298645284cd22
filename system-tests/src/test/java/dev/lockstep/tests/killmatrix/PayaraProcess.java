package dev.lockstep.tests.killmatrix;

import dev.lockstep.launcher.payara.PayaraMicro;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A Payara Micro that is killed, stopped and brought back. The log of each start is kept. */
public abstract class PayaraProcess implements AutoCloseable {

    /** On a machine that others share it may take minutes. */
    static final Duration START_LIMIT = Duration.ofMinutes(10);

    /** Each look at a server that starts reads its whole log; the launcher looks as often. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final String name;
    private final PayaraMicro payara;
    private ChildProcess process;
    private int starts;

    /**
     * One that does not run yet.
     *
     * @param name for messages
     * @param payara what is started; its log's folder gets the logs of earlier starts
     */
    protected PayaraProcess(String name, PayaraMicro payara) {
        this.name = name;
        this.payara = payara;
    }

    /** What is started. */
    protected final PayaraMicro payara() {
        return payara;
    }

    /** Starts it. */
    protected abstract ProcessBuilder command();

    /** Whether it does its work. */
    protected abstract boolean isServing();

    /** The log of the process that runs, or ran last. */
    public Path log() {
        return payara.log();
    }

    /** Starts it, and returns at once. */
    public void bringBack() {
        try {
            if (Files.exists(log())) {
                Files.move(log(), log().resolveSibling("payara-" + starts + ".log"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        starts++;
        process = ChildProcess.start(command(), log());
    }

    /** Waits until it serves; as under the launcher, a start that fails is followed by another. */
    public void awaitBack() {
        Patience.require(START_LIMIT, name + " serves; its log: " + log(), () -> {
            Patience.pass(BETWEEN_LOOKS);
            if (!process.isAlive() || payara.failure().isPresent()) {
                kill();
                bringBack();
            }
            return isServing();
        });
    }

    /** Waits until it serves; nothing may fail, but if somebody else has taken its port meanwhile, it is started again. */
    public void awaitServing() {
        Patience.require(START_LIMIT, name + " serves; its log: " + log(), () -> {
            Patience.pass(BETWEEN_LOOKS);
            payara.failure().ifPresent(failure -> {
                if (!payara.hasFailedByChance()) {
                    throw new IllegalStateException(name + ": " + failure + "; its log: " + log());
                }
                kill();
                bringBack();
            });
            return isServing();
        });
    }

    /** Brings it back if it is away, and lets it go on if it stands; returns when it serves. */
    public void revive() {
        if (process.isAlive()) {
            thaw();
        } else {
            bringBack();
        }
        awaitBack();
    }

    /** Makes the archive of classes that the next starts take, unless there is one. It must serve. */
    public void hasten() {
        payara.hasten();
    }

    /** SIGKILL. */
    public void kill() {
        process.kill();
    }

    /** SIGSTOP. */
    public void freeze() {
        process.signal("STOP");
    }

    /** SIGCONT. */
    public void thaw() {
        process.signal("CONT");
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.kill();
        }
    }
}
