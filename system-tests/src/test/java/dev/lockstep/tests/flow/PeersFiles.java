package dev.lockstep.tests.flow;

import dev.lockstep.tests.flow.Machines.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What each machine knows of the others: a line for itself, and one for each other with the address of the link that leads there. */
final class PeersFiles {

    private static final int KEY_BYTES = 32;

    private final Path folder;
    private final Map<Set<Role>, String> keys = new HashMap<>();

    private PeersFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes all of them; each pair of machines has a key of its own. */
    static PeersFiles write(Path folder, Map<Role, Address> addresses, Map<Way, Link> links) {
        PeersFiles files = new PeersFiles(folder);
        addresses.forEach((role, address) -> {
            List<String> lines = new ArrayList<>();
            lines.add(line(role, address, ""));
            for (Role other : addresses.keySet()) {
                if (other != role) {
                    String key = files.keys.computeIfAbsent(Set.of(role, other), pair -> newKey());
                    lines.add(line(other, links.get(new Way(role, other)).address(), " | " + key));
                }
            }
            files.write(role, lines);
        });
        return files;
    }

    private static String line(Role role, Address address, String key) {
        return role.node() + " = " + address.application() + " | " + address.protocol() + key;
    }

    private void write(Role role, List<String> lines) {
        try {
            Files.write(of(role), lines);
            Files.setPosixFilePermissions(of(role), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path of(Role role) {
        return folder.toAbsolutePath().resolve(role.node() + ".peers");
    }

    /** The key of two machines. */
    String key(Way way) {
        return keys.get(Set.of(way.from(), way.to()));
    }

    static String newKey() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key);
    }
}
