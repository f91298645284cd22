package dev.lockstep.launcher.machines;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.process.FreePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gives each server its ports: those that are asked for, or free ones. */
final class PortChoice {

    private final boolean isFree;
    private final Set<Integer> taken = new HashSet<>();
    private final Map<String, Integer> wanted = new LinkedHashMap<>();

    /**
     * Nothing is taken yet.
     *
     * @param isFree whether all ports are free ones, whatever is asked for
     */
    PortChoice(boolean isFree) {
        this.isFree = isFree;
    }

    PlannedServer place(PlannedServer server) {
        return server.at(
                of("of the server " + server.name(), server.applicationPort()),
                of("of the protocol of " + server.name(), server.protocolPort()));
    }

    /**
     * Chooses one.
     *
     * @param whose for messages
     * @param asked the port, or 0 for a free one
     */
    int of(String whose, int asked) {
        boolean isAsked = !isFree && asked != 0;
        int port = isAsked ? asked : FreePort.beside(taken, "one is needed, " + whose);
        if (isAsked) {
            wanted.put(whose, port);
        }
        taken.add(port);
        return port;
    }

    /**
     * Requires that all can listen that were asked for.
     *
     * @throws StartException naming each port that is taken
     */
    void requireFree() {
        List<String> faults = new ArrayList<>();
        Map<Integer, String> owners = new HashMap<>();
        wanted.forEach((whose, port) -> {
            String other = owners.putIfAbsent(port, whose);
            if (other != null) {
                faults.add("Port " + port + " is that " + whose + " and that " + other + "; each needs one of its own");
            }
            FreePort.obstacle(port)
                    .ifPresent(obstacle -> faults.add("Port " + port + ", that " + whose
                            + ", cannot be used on 127.0.0.1: " + obstacle
                            + "; stop the program that has it or choose another port, 1 to 65535"));
        });
        if (!faults.isEmpty()) {
            throw new StartException(String.join(System.lineSeparator(), faults));
        }
    }
}
