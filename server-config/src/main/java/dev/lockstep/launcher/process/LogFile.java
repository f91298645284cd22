package dev.lockstep.launcher.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What a program prints, kept within bounds: the file it appends to, and nine before it, {@code .1} the newest. A program keeps its file open,
 * so a file that has become too long is copied and emptied, not renamed. What is printed between the two, within microseconds, is lost.
 *
 * @param file the file
 * @param limit so many bytes are too long
 */
record LogFile(Path file, long limit) {

    private static final long LIMIT = 5_000_000;

    private static final int KEPT = 9;

    LogFile(Path file) {
        this(file, LIMIT);
    }

    /**
     * Puts aside what an earlier process has printed; crashes in a row must not discard what the first one told.
     *
     * @throws IOException if a file cannot be renamed
     */
    void begin() throws IOException {
        if (Files.exists(file) && Files.size(file) > 0) {
            shift();
            Files.move(file, kept(1), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Puts aside what the running process has printed, if that is too much.
     *
     * @throws IOException if it cannot be copied; then it stays where it is
     */
    void bound() throws IOException {
        if (!Files.exists(file) || Files.size(file) <= limit) {
            return;
        }
        shift();
        try (FileChannel from = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                FileChannel to = FileChannel.open(
                        kept(1),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            long copied = 0;
            while (copied < from.size()) {
                copied += from.transferTo(copied, from.size() - copied, to);
            }
            from.truncate(0);
        }
    }

    private void shift() throws IOException {
        for (int age = KEPT - 1; age > 0; age--) {
            if (Files.exists(kept(age))) {
                Files.move(kept(age), kept(age + 1), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private Path kept(int age) {
        return file.resolveSibling(file.getFileName() + "." + age);
    }
}
