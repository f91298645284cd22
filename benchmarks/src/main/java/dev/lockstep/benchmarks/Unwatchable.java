package dev.lockstep.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The same server without a listener on the participants' events: no journal, hence no picture, no console and no metrics of
 * transactions. The application has no switch for that, so its archive is given two beans that specialize the listeners.
 */
final class Unwatchable {

    private static final List<String> SILENT = List.of(
            "dev/lockstep/journal/SilentJournal.class", "dev/lockstep/telemetry/control/SilentContextLogging.class");

    /** Which of them is deployed, the launcher decides. */
    private static final List<String> ARCHIVES = List.of("client.war", "client-lab.war");

    private Unwatchable() {}

    /**
     * What that server is made of.
     *
     * @param original the folder that the build made
     * @param folder where to put the other one
     * @return the other one's folder
     */
    static Path distribution(Path original, Path folder) {
        try {
            Path distribution = Files.createDirectory(folder.resolve("unwatchable"));
            for (String name : List.of("payara-micro.jar", "postgresql.jar", "participant.jar", "lockstep.asadmin")) {
                Files.createSymbolicLink(distribution.resolve(name), original.resolve(name));
            }
            for (String name : ARCHIVES) {
                silence(Files.copy(original.resolve(name), distribution.resolve(name)));
            }
            return distribution;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void silence(Path archive) throws IOException {
        try (FileSystem entries = FileSystems.newFileSystem(archive)) {
            for (String name : SILENT) {
                add(name, entries.getPath("WEB-INF/classes", name));
            }
        }
    }

    private static void add(String name, Path entry) throws IOException {
        Files.createDirectories(entry.getParent());
        try (InputStream bytes = Unwatchable.class.getResourceAsStream("/" + name)) {
            Files.copy(bytes, entry, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
