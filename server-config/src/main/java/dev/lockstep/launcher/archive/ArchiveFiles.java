package dev.lockstep.launcher.archive;

import dev.lockstep.launcher.console.Reason;
import dev.lockstep.launcher.console.StartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of one run, each of one kind of rows: one JSON object a line, in UTF-8. They have customers' names, so only their owner can read
 * them. Without a folder nothing is written. For one thread.
 */
final class ArchiveFiles implements AutoCloseable {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Optional<Path> folder;
    private final String stamp;
    private final SortedMap<Path, FileChannel> open = new TreeMap<>();

    /**
     * Makes the folder, unless it is there.
     *
     * @param folder where the files go, or empty
     * @param now the time that their names tell
     * @throws StartException if there can be no such folder
     */
    ArchiveFiles(Optional<Path> folder, Instant now) {
        this.folder = folder;
        this.stamp = STAMP.format(now);
        folder.ifPresent(ArchiveFiles::make);
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StartException("--to " + folder + " must be a folder that can be written: " + Reason.of(e), e);
        }
    }

    /** {@return whether there are files at all} */
    boolean areWanted() {
        return folder.isPresent();
    }

    /**
     * Writes rows. They are on the disk when this returns.
     *
     * @param kind what they are; begins the file's name
     * @param rows each a JSON object
     * @throws StartException if they cannot be written; the last line may be cut off then
     */
    void append(String kind, List<String> rows) {
        if (folder.isEmpty() || rows.isEmpty()) {
            return;
        }
        Path file = folder.get().resolve(kind + "-" + stamp + ".jsonl");
        try {
            FileChannel channel = channel(file);
            ByteBuffer lines = StandardCharsets.UTF_8.encode(String.join("\n", rows) + "\n");
            while (lines.hasRemaining()) {
                channel.write(lines);
            }
            channel.force(true);
        } catch (IOException e) {
            throw new StartException(
                    "Cannot write " + file + ": " + Reason.of(e) + "; its rows stay where they are", e);
        }
    }

    private FileChannel channel(Path file) throws IOException {
        FileChannel channel = open.get(file);
        if (channel == null) {
            channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    readableByItsOwnerOnly(file));
            open.put(file, channel);
            forceNameOf(file);
        }
        return channel;
    }

    private static FileAttribute<?>[] readableByItsOwnerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** Where the system lets a folder be opened, which Windows does not; there the name is on the disk with the file. */
    private static void forceNameOf(Path file) throws IOException {
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    /** {@return the files that were written} */
    Set<Path> written() {
        return Set.copyOf(open.keySet());
    }

    @Override
    public void close() {
        for (FileChannel channel : open.values()) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new StartException("A file of the archive cannot be closed: " + Reason.of(e), e);
            }
        }
    }
}
