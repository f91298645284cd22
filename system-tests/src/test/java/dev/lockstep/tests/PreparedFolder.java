package dev.lockstep.tests;

import dev.lockstep.launcher.data.FileTree;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.launcher.postgres.PostgresBinaries;
import dev.lockstep.launcher.postgres.PostgresServer;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What takes a new data folder long to get: the programs of PostgreSQL and Payara, unpacked, and a cluster for each database, as initdb
 * leaves it, with the superuser's password. It is made once for a build, by one of its test JVMs; the others wait. The first server that
 * starts with it makes the archive of Payara's classes, for all.
 *
 * <p>A participant is the system identifier of its cluster. So each database has a cluster of its own, and no installation may be given two
 * copies of the same one.
 */
public final class PreparedFolder {

    /** The folder in a data folder that Payara is unpacked into. */
    static final String PAYARA = "payara-micro-" + System.getProperty("lockstep.payara.version");

    private static final String VERSION = System.getProperty("lockstep.postgres.version");
    private static final String POSTGRES = "postgres-" + VERSION;
    private static final String SECRETS = "secrets.properties";
    private static final List<String> DATABASES = List.of("product", "orders");

    private static Path prepared;

    private PreparedFolder() {}

    /** Puts everything into a data folder that has nothing of it; a launcher that starts on it finds clusters and makes none. */
    public static void putInto(Path data) {
        linkProgramsInto(data);
        try {
            copy(prepared().resolve(SECRETS), data.resolve(SECRETS));
            for (String database : DATABASES) {
                copy(prepared().resolve(database), data.resolve(database));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts the programs alone into a folder: who starts on it makes clusters with them. */
    static void linkProgramsInto(Path data) {
        try {
            Files.createDirectories(data);
            for (String programs : List.of(POSTGRES, PAYARA)) {
                Files.createSymbolicLink(data.resolve(programs), prepared().resolve(programs));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return where Payara is unpacked} */
    public static Path payaraHome() {
        return prepared();
    }

    private static synchronized Path prepared() {
        if (prepared == null) {
            try (FileChannel lock = FileChannel.open(
                    TestFolders.target().resolve("prepared.lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE)) {
                lock.lock();
                prepared = prepareUnlessDone();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return prepared;
    }

    /** Made aside and renamed, so that a JVM that was killed leaves nothing half done. */
    private static Path prepareUnlessDone() throws IOException {
        Path folder = TestFolders.target().toAbsolutePath().resolve("prepared-" + POSTGRES);
        if (!Files.isDirectory(folder)) {
            Path unfinished = folder.resolveSibling(folder.getFileName() + ".unfinished");
            FileTree.delete(unfinished);
            Files.createDirectories(unfinished);
            PostgresBinaries programs = PostgresBinaries.in(unfinished);
            Secrets secrets = new Secrets(unfinished.resolve(SECRETS));
            List<PostgresServer> servers = DATABASES.stream()
                    .map(database -> server(programs, database, unfinished, secrets))
                    .toList();
            Stream.concat(
                            servers.stream().<Runnable>map(server -> server::prepare),
                            Stream.of(payara(unfinished)::prepare))
                    .parallel()
                    .forEach(Runnable::run);
            Files.move(unfinished, folder);
        }
        return folder;
    }

    private static PostgresServer server(PostgresBinaries programs, String database, Path folder, Secrets secrets) {
        DatabaseSettings settings =
                new DatabaseSettings(database, Optional.empty(), 0, database, database, Optional.empty());
        return new PostgresServer(
                programs,
                settings,
                folder.resolve(database),
                TestFolders.target().resolve("initdb-" + database + ".log"),
                secrets,
                List.of());
    }

    private static PayaraMicro payara(Path home) {
        return new PayaraMicro(
                TestFolders.distribution(),
                home,
                URI.create("http://127.0.0.1:8080/"),
                Map.of(),
                home,
                home.resolve("payara.log"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : tree.toList()) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path)),
                        StandardCopyOption.COPY_ATTRIBUTES,
                        LinkOption.NOFOLLOW_LINKS);
            }
        }
    }
}
