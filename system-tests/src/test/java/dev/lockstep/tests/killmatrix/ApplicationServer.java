package dev.lockstep.tests.killmatrix;

import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.participant.observe.TransactionListener;
import dev.lockstep.tests.FreePorts;
import dev.lockstep.tests.PreparedFolder;
import dev.lockstep.tests.killmatrix.inside.RemoteControlledListener;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** Payara Micro as the launcher starts it, with the remote-controlled listener beside the participant. */
final class ApplicationServer extends PayaraProcess {

    private final RemoteControl control = new RemoteControl();
    private final URI url;
    private final Path listenerJar;

    /** A server, not yet running. */
    ApplicationServer(Path distribution, Map<String, String> environment, Path folder) {
        this(address(), distribution, environment, folder);
    }

    private ApplicationServer(URI url, Path distribution, Map<String, String> environment, Path folder) {
        super(
                "Payara Micro",
                new PayaraMicro(
                        distribution,
                        PreparedFolder.payaraHome(),
                        url,
                        environment,
                        folder.resolve("temp"),
                        folder.resolve("payara.log")));
        this.url = url;
        this.listenerJar = listenerJar(folder);
    }

    private static URI address() {
        return URI.create("http://127.0.0.1:" + FreePorts.one() + "/");
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

    @Override
    protected ProcessBuilder command() {
        ProcessBuilder builder = payara().command();
        List<String> words = builder.command();
        int libraries = words.indexOf("-cp") + 1;
        words.set(libraries, words.get(libraries) + File.pathSeparator + listenerJar);
        // Boots in half the time; the protocol is the same.
        words.addAll(
                words.indexOf("-cp"),
                List.of("-XX:TieredStopAtLevel=1", "-D" + RemoteControlledListener.PORT + "=" + control.port()));
        return builder;
    }

    @Override
    protected boolean isServing() {
        return payara().isReady();
    }

    /** The same; nobody is held any more. */
    @Override
    public void revive() {
        control.disarm();
        super.revive();
    }

    /** Whether it is ready, asked as the launcher does. */
    boolean isReady() {
        return payara().isReady();
    }

    /** Whether the launcher hears anything of it. */
    boolean answers() {
        return payara().answers();
    }

    /** Why it will never be ready, once that is known. */
    Optional<String> failure() {
        return payara().failure();
    }

    @Override
    public void close() throws IOException {
        super.close();
        control.close();
    }
}
