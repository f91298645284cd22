package dev.lockstep.flow.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A peers file that cannot be used. The message names the file, and each fault with its line. */
public final class PeersFileException extends IOException {

    private static final long serialVersionUID = 1L;

    PeersFileException(Path file, List<String> faults) {
        super("The peers file " + file + " cannot be used: " + String.join("; ", faults));
    }
}
