package dev.lockstep.launcher.data;

import dev.lockstep.launcher.console.Reason;
import dev.lockstep.launcher.console.StartException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;

/** Passwords that the launcher made up, kept in a file that only its owner can read. */
public final class Secrets {

    /** Their file in a data folder. */
    public static final String FILE = "secrets.properties";

    private static final Logger LOG = System.getLogger(Secrets.class.getName());

    private static final int BYTES = 24;

    private final Path file;
    private final Properties passwords = new Properties();

    /**
     * Reads the secrets.
     *
     * @param file where they are kept; need not exist yet
     */
    public Secrets(Path file) {
        this.file = file;
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                passwords.load(reader);
            } catch (IOException e) {
                throw new StartException("Cannot read the passwords in " + file + ": " + Reason.of(e), e);
            }
        }
    }

    /**
     * The password of a role; made up, and kept, when first asked for.
     *
     * @param role whose
     * @return 32 characters
     */
    public String of(String role) {
        String known = passwords.getProperty(role);
        if (known != null) {
            return known;
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        passwords.setProperty(role, made);
        store();
        return made;
    }

    /** Written beside and renamed: whoever lost these passwords in a power cut could not open the databases any more. */
    private void store() {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        try {
            Files.deleteIfExists(unfinished);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            try (FileChannel channel =
                            FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8)) {
                passwords.store(writer, "Passwords of the embedded databases");
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            forceRenaming();
        } catch (IOException e) {
            throw new StartException("Cannot keep the passwords in " + file + ": " + Reason.of(e), e);
        }
    }

    /** Where the system lets a folder be opened, which Windows does not. */
    private void forceRenaming() {
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "The renaming of " + file + " was not forced to the disk", e);
        }
    }
}
