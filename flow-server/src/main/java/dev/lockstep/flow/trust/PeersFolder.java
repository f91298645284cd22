package dev.lockstep.flow.trust;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The peers files of servers that one computer starts together: a file for each server, and a key for each two of them. A key is made once; the
 * addresses may be others at each start.
 *
 * @param folder where the files are; its owner alone should look into it
 */
public record PeersFolder(Path folder) {

    /**
     * A server of the folder.
     *
     * @param name its node name
     * @param application where its applications are
     * @param protocol where its protocol listens
     */
    public record Server(String name, URI application, URI protocol) {}

    /**
     * Where a server's file is.
     *
     * @param name the server's
     * @return the path, for {@link Peers#FILE}
     */
    public Path fileOf(String name) {
        return folder.resolve(name + ".peers");
    }

    /**
     * Writes all files, each as a whole and readable by its owner alone.
     *
     * @param servers all that trust each other
     * @throws IOException if a file that is there cannot be used, or one cannot be written; it names each fault with its line
     */
    public void write(List<Server> servers) throws IOException {
        Map<String, PeersText> known = new HashMap<>();
        for (Server server : servers) {
            known.put(server.name(), known(server.name()));
        }
        Map<String, List<String>> lines = new HashMap<>();
        servers.forEach(server -> lines.put(server.name(), new ArrayList<>(List.of(line(server)))));
        for (Server one : servers) {
            for (Server other : servers.subList(servers.indexOf(one) + 1, servers.size())) {
                String key = key(known, one.name(), other.name()).orElseGet(FlowKey::newKey);
                lines.get(one.name()).add(line(other) + " | " + key);
                lines.get(other.name()).add(line(one) + " | " + key);
            }
        }
        for (Server server : servers) {
            replace(server.name(), String.join("\n", lines.get(server.name())) + "\n");
        }
    }

    private static String line(Server server) {
        return server.name() + " = " + server.application() + " | " + server.protocol();
    }

    private PeersText known(String name) throws IOException {
        return Files.exists(fileOf(name)) ? parsed(name, new PeersFile(fileOf(name)).read()) : new PeersText("", name);
    }

    private PeersText parsed(String name, String text) throws IOException {
        PeersText parsed = new PeersText(text, name);
        if (!parsed.faults().isEmpty()) {
            throw new PeersFileException(fileOf(name), parsed.faults());
        }
        return parsed;
    }

    /** The one with which both sign, if they agree on one. */
    private static Optional<String> key(Map<String, PeersText> known, String one, String other) {
        Optional<String> here = key(known.get(one), other);
        return here.filter(key -> key(known.get(other), one).equals(Optional.of(key)));
    }

    private static Optional<String> key(PeersText file, String peer) {
        return Optional.ofNullable(file.nodes().get(peer))
                .flatMap(node -> node.keys().stream().findFirst())
                .map(key -> Base64.getUrlEncoder().withoutPadding().encodeToString(key));
    }

    private void replace(String name, String text) throws IOException {
        parsed(name, text);
        new PeersFile(fileOf(name)).write(text);
    }
}
