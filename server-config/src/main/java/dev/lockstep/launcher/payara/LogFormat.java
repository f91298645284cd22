package dev.lockstep.launcher.payara;

import dev.lockstep.launcher.console.Reason;
import dev.lockstep.launcher.console.StartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;

/** How Payara Micro writes its log. */
final class LogFormat {

    private static final String OWN_PROPERTIES = "MICRO-INF/domain/logging.properties";

    /** A file is no place for colours. */
    private static final String TEXT = "com.sun.enterprise.server.logging.ODLLogFormatter.ansiColor=false\n";

    private static final String JSON =
            "java.util.logging.ConsoleHandler.formatter=" + "fish.payara.enterprise.server.logging.JSONLogFormatter\n";

    private LogFormat() {}

    /**
     * Writes the logging configuration that Payara Micro has of its own, and then what is to be otherwise: of two lines for one property the
     * last one counts. A configuration made from nothing would lose the levels at which Payara is quiet.
     *
     * @param micro payara-micro.jar
     * @param isJson whether to log one JSON object a line
     * @param target the file to write
     * @throws StartException if the configuration cannot be read or written
     */
    static void write(Path micro, boolean isJson, Path target) {
        try (JarFile jar = new JarFile(micro.toFile())) {
            String own = new String(
                    jar.getInputStream(jar.getEntry(OWN_PROPERTIES)).readAllBytes(), StandardCharsets.ISO_8859_1);
            Files.writeString(target, own + "\n" + (isJson ? JSON : TEXT), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new StartException("Cannot tell Payara how to log: " + Reason.of(e), e);
        }
    }
}
