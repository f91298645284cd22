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
    private static final String FORMATTER = "java.util.logging.ConsoleHandler.formatter=";
    private static final String JSON = FORMATTER + "fish.payara.enterprise.server.logging.JSONLogFormatter";

    private LogFormat() {}

    /**
     * Writes the logging configuration that Payara Micro has of its own, save that it logs JSON. A configuration made from nothing
     * would lose the levels at which Payara is quiet.
     *
     * @param micro payara-micro.jar
     * @param target the file to write
     * @throws StartException if the configuration in the jar is not what is expected, or cannot be written
     */
    static void json(Path micro, Path target) {
        try (JarFile jar = new JarFile(micro.toFile())) {
            String own = new String(
                    jar.getInputStream(jar.getEntry(OWN_PROPERTIES)).readAllBytes(), StandardCharsets.ISO_8859_1);
            String changed = own.replaceFirst("(?m)^\\Q" + FORMATTER + "\\E.*$", JSON);
            if (changed.equals(own)) {
                throw new StartException("Cannot make Payara's log JSON: " + OWN_PROPERTIES + " in " + micro
                        + " names no formatter of its console");
            }
            Files.writeString(target, changed, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new StartException("Cannot make Payara's log JSON: " + Reason.of(e), e);
        }
    }
}
