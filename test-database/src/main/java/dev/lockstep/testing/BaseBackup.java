package dev.lockstep.testing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * A copy of a running server's data folder, as {@code pg_basebackup} makes it, which is not among the embedded programs (PostgreSQL
 * manual, "Making a base backup using the low level API"). It has no write-ahead log: who starts on it must get that by streaming.
 *
 * @param from the server's folder
 * @param to an empty one
 */
record BaseBackup(Path from, Path to) {

    /** Before, {@code pg_backup_start} had another name. */
    private static final int FIRST_WITH_NEW_NAMES = 15;

    /** Their contents belong to the running server, or are made anew by every start. */
    private static final Set<String> LEFT_EMPTY = Set.of(
            "pg_wal",
            "pg_dynshmem",
            "pg_notify",
            "pg_replslot",
            "pg_serial",
            "pg_snapshots",
            "pg_stat_tmp",
            "pg_subtrans");

    private static final Set<String> LEFT_OUT =
            Set.of("postmaster.pid", "postmaster.opts", "standby.signal", "epg-lock");

    /**
     * Makes it.
     *
     * @param superuser a session on the server, which works on; it begins with a checkpoint
     * @throws SQLException if the server refuses
     * @throws IOException if a file cannot be copied
     */
    void take(Connection superuser) throws SQLException, IOException {
        boolean isNew = superuser.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_NEW_NAMES;
        try (Statement statement = superuser.createStatement()) {
            statement.execute(
                    isNew
                            ? "SELECT pg_backup_start('standby', true)"
                            : "SELECT pg_start_backup('standby', true, false)");
            Files.walkFileTree(from, new Copy());
            try (ResultSet row = statement.executeQuery(
                    isNew
                            ? "SELECT labelfile FROM pg_backup_stop(false)"
                            : "SELECT labelfile FROM pg_stop_backup(false, false)")) {
                row.next();
                Files.writeString(to.resolve("backup_label"), row.getString(1));
            }
        }
    }

    private final class Copy extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            Files.createDirectories(target(folder));
            return LEFT_EMPTY.contains(from.relativize(folder).toString())
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (LEFT_OUT.contains(from.relativize(file).toString())) {
                return FileVisitResult.CONTINUE;
            }
            try {
                Files.copy(file, target(file), StandardCopyOption.COPY_ATTRIBUTES);
            } catch (NoSuchFileException e) {
                return visitFileFailed(file, e);
            }
            return FileVisitResult.CONTINUE;
        }

        /** The server works on: what it has just removed is removed again by the log. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException reason) throws IOException {
            if (reason instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw reason;
        }

        private Path target(Path path) {
            return to.resolve(from.relativize(path).toString());
        }
    }
}
