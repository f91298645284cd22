package dev.lockstep.launcher.data;

import dev.lockstep.launcher.console.Reason;
import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.settings.Setting;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;

/** The folder in which a server keeps everything; one launcher at a time. */
public final class DataFolder {

    /** Also tells that a folder is a server's. */
    private static final String HOLDER = "launcher.pid";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path root;

    /** Held by being open: the lock ends with its channel. */
    @SuppressWarnings("unused")
    private final FileChannel lock;

    private DataFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /**
     * Makes the folder if need be, and takes it. Only its owner may look into it: logs and databases have other people's names.
     *
     * @param root the folder
     * @return the folder, held until the process ends
     * @throws StartException if it cannot be written or another launcher holds it
     */
    public static DataFolder open(Path root) {
        try {
            Path file = root.resolve(HOLDER);
            makePrivate(root);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                String holder = Files.readString(file).strip();
                channel.close();
                throw new StartException(
                        Setting.DATA_DIR.variable() + "=" + root + " is in use by the launcher with process id "
                                + holder + "; stop it or choose another folder");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new DataFolder(root, channel);
        } catch (IOException e) {
            throw new StartException(
                    Setting.DATA_DIR.variable() + "=" + root + " must be a folder that can be written: " + Reason.of(e),
                    e);
        }
    }

    /** A folder that has other things in it may be another program's, too, and stays as it is. */
    private static void makePrivate(Path root) throws IOException {
        Files.createDirectories(root);
        boolean isOurs = Files.exists(root.resolve(HOLDER)) || isEmpty(root);
        if (isOurs && root.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.setPosixFilePermissions(root, OWNER_ONLY);
        }
    }

    private static boolean isEmpty(Path root) throws IOException {
        try (Stream<Path> all = Files.list(root)) {
            return all.findAny().isEmpty();
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // held by this very process
        }
    }

    /**
     * A folder inside, made if need be.
     *
     * @param name its name
     * @return its path
     */
    public Path folder(String name) {
        try {
            return Files.createDirectories(root.resolve(name));
        } catch (IOException e) {
            throw new StartException("Cannot make the folder " + root.resolve(name) + ": " + Reason.of(e), e);
        }
    }

    /**
     * A path inside; nothing is made.
     *
     * @param name its name
     * @return the path
     */
    public Path path(String name) {
        return root.resolve(name);
    }
}
