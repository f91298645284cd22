package dev.lockstep.tests.killmatrix;

import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.participant.observe.TransactionListener;
import dev.lockstep.tests.FreePorts;
import dev.lockstep.tests.PreparedFolder;
import dev.lockstep.tests.killmatrix.inside.RemoteControlledListener;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** Payara Micro as the launcher starts it, with the remote-controlled listener beside the participant. */
final class ApplicationServer implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final RemoteControl control = new RemoteControl();
    private final URI url;
    private final Path folder;
    private final Path listenerJar;
    private final PayaraMicro payara;
    private ChildProcess process;
    private int starts;

    /** A server, not yet running. */
    ApplicationServer(Path distribution, Map<String, String> environment, Path folder) {
        this.folder = folder;
        this.url = URI.create("http://127.0.0.1:" + FreePorts.one() + "/");
        this.listenerJar = listenerJar(folder);
        this.payara = new PayaraMicro(
                distribution,
                PreparedFolder.payaraHome(),
                url,
                environment,
                folder.resolve("temp"),
                folder.resolve("payara.log"));
    }

    private static Path listenerJar(Path folder) {
        Path jar = folder.resolve("kill-matrix.jar");
        ShrinkWrap.create(JavaArchive.class)
                .addPackage(RemoteControlledListener.class.getPackage())
                .addAsServiceProvider(TransactionListener.class, RemoteControlledListener.class)
                .as(ZipExporter.class)
                .exportTo(jar.toFile(), true);
        return jar;
    }

    URI url() {
        return url;
    }

    RemoteControl control() {
        return control;
    }

    /** The log of the process that runs, or ran last. */
    Path log() {
        return payara.log();
    }

    /** Starts it, and returns at once. */
    void bringBack() {
        try {
            if (Files.exists(payara.log())) {
                Files.move(payara.log(), folder.resolve("payara-" + starts + ".log"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        starts++;
        process = ChildProcess.start(command(), payara.log());
    }

    private ProcessBuilder command() {
        ProcessBuilder builder = payara.command();
        List<String> words = builder.command();
        int libraries = words.indexOf("-cp") + 1;
        words.set(libraries, words.get(libraries) + File.pathSeparator + listenerJar);
        // Boots in half the time; the protocol is the same.
        words.addAll(
                words.indexOf("-cp"),
                List.of("-XX:TieredStopAtLevel=1", "-D" + RemoteControlledListener.PORT + "=" + control.port()));
        return builder;
    }

    /** Waits until it takes orders; as under the launcher, a start that fails is followed by another. */
    void awaitBack() {
        Patience.require(START_LIMIT, "Payara Micro takes orders; its log: " + log(), () -> {
            if (!process.isAlive() || payara.failure().isPresent()) {
                kill();
                bringBack();
            }
            return payara.isReady();
        });
    }

    /** Brings it back if it is away, and lets nobody hold it any more. */
    void revive() {
        control.disarm();
        if (process.isAlive()) {
            thaw();
        } else {
            bringBack();
        }
        awaitBack();
    }

    /** Whether it is ready, asked as the launcher does. */
    boolean isReady() {
        return payara.isReady();
    }

    /** Whether the launcher hears anything of it. */
    boolean answers() {
        return payara.answers();
    }

    /** Why it will never be ready, once that is known. */
    Optional<String> failure() {
        return payara.failure();
    }

    /** SIGKILL. */
    void kill() {
        process.kill();
    }

    /** SIGSTOP. */
    void freeze() {
        process.signal("STOP");
    }

    /** SIGCONT. */
    void thaw() {
        process.signal("CONT");
    }

    @Override
    public void close() throws IOException {
        if (process != null) {
            process.kill();
        }
        control.close();
    }
}
