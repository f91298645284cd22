package dev.lockstep.flow.trust;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The file itself: it has keys, so its owner alone may read it.
 *
 * @param path where it is
 */
record PeersFile(Path path) {

    static final int BYTES_MAX = 64 * 1024;

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    String read() throws PeersFileException {
        try {
            PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
            Set<PosixFilePermission> permissions =
                    view == null ? OWNER_ONLY : view.readAttributes().permissions();
            if (permissions.stream().anyMatch(one -> !one.name().startsWith("OWNER_"))) {
                throw fault("its owner alone may read it, but its permissions are "
                        + PosixFilePermissions.toString(permissions) + ": chmod 600 " + path);
            }
            if (Files.size(path) > BYTES_MAX) {
                throw fault("it has " + Files.size(path) + " bytes, at most " + BYTES_MAX + " are allowed");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw fault("it is not in UTF-8");
        } catch (PeersFileException e) {
            throw e;
        } catch (IOException e) {
            throw fault("it cannot be read: " + e);
        }
    }

    /** Replaces it as a whole, so that nobody reads the half of it. */
    void write(String text) throws IOException {
        Path written = path.resolveSibling(path.getFileName() + ".new");
        Files.deleteIfExists(written);
        Files.createFile(written, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(written, text, StandardOpenOption.WRITE);
        Files.move(written, path, StandardCopyOption.ATOMIC_MOVE);
    }

    PeersFileException fault(String fault) {
        return new PeersFileException(path, List.of(fault));
    }
}
