package dev.lockstep.launcher.postgres;

import dev.lockstep.launcher.console.Reason;
import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.data.FileTree;
import dev.lockstep.launcher.process.Isolation;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** The programs of PostgreSQL for this machine, unpacked from their Maven artifact. */
public final class PostgresBinaries {

    private static final String VERSION = version();
    private static final String PREFIX = "postgres-";
    private static final int EXECUTABLE = 0111;

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    /**
     * Unpacks the programs, unless an earlier start did.
     *
     * @param parent the folder to unpack into
     * @return the programs
     * @throws StartException if there are none for this machine, or they cannot be unpacked
     */
    public static PostgresBinaries in(Path parent) {
        Path home = parent.resolve(PREFIX + VERSION);
        if (!Files.isDirectory(home)) {
            // Unpacked aside and renamed, so that a start that was killed leaves nothing half done.
            Path unfinished = parent.resolve(PREFIX + VERSION + ".unfinished");
            try {
                FileTree.delete(unfinished);
                unpack(unfinished);
                Files.move(unfinished, home);
            } catch (IOException e) {
                throw new StartException(
                        "Cannot unpack PostgreSQL " + VERSION + " into " + home + ": " + Reason.of(e), e);
            }
        }
        return new PostgresBinaries(home);
    }

    /**
     * Deletes the programs of other versions.
     *
     * @param parent the folder that they were unpacked into, of which nothing runs
     * @return what was deleted
     * @throws IOException if something stays
     */
    public static List<Path> dropEarlierVersions(Path parent) throws IOException {
        return FileTree.deleteOtherVersions(parent, PREFIX, PREFIX + VERSION);
    }

    /**
     * A command of one of the programs, tied to the launcher.
     *
     * @param deathSignal what it gets when the launcher dies
     * @param name {@code initdb}, {@code pg_ctl} or {@code postgres}
     * @param arguments its arguments
     * @return how to start it
     */
    ProcessBuilder command(String deathSignal, String name, String... arguments) {
        List<String> words = new ArrayList<>(Isolation.notAsRoot());
        words.addAll(Isolation.tiedToLauncher(deathSignal));
        words.add(home.resolve("bin").resolve(name).toString());
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words);
    }

    /** {@return the major version, whose data folders it can open} */
    static int majorVersion() {
        return Integer.parseInt(VERSION.substring(0, VERSION.indexOf('.')));
    }

    private static void unpack(Path into) throws IOException {
        String archive = "/postgres-" + system() + ".txz";
        try (InputStream resource = PostgresBinaries.class.getResourceAsStream(archive)) {
            if (resource == null) {
                throw new StartException("There is no embedded PostgreSQL for this machine (" + archive
                        + "); set LOCKSTEP_PRODUCT_DB_HOST and LOCKSTEP_ORDERS_DB_HOST to servers of your own");
            }
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(resource)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(tar, entry, into);
                }
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path into) throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("The archive names a file outside of itself: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, target);
        if ((entry.getMode() & EXECUTABLE) != 0 && !target.toFile().setExecutable(true)) {
            throw new IOException("Cannot make " + target + " executable");
        }
    }

    private static String system() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : "linux";
        return os + "-" + (System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64");
    }

    private static String version() {
        try (InputStream resource = PostgresBinaries.class.getResourceAsStream("binaries.properties")) {
            Properties properties = new Properties();
            properties.load(resource);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new IllegalStateException("binaries.properties is not in the jar", e);
        }
    }
}
