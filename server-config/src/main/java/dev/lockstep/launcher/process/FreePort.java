package dev.lockstep.launcher.process;

import dev.lockstep.launcher.console.StartException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports on loopback, for a start that follows at once: nobody keeps one free meanwhile. */
public final class FreePort {

    /** Just below the ports that the system gives to clients, so that none of them takes it before the server does. */
    private static final int LOWEST = 32_000;

    private static final int HIGHEST = 32_767;
    private static final int ATTEMPTS = 100;

    private FreePort() {}

    /**
     * Finds one that is free now.
     *
     * @param taken ports that are promised to others, and may be free still
     * @param reader who needs it, to end a sentence
     * @return the port
     * @throws StartException if none is free
     */
    public static int beside(Set<Integer> taken, String reader) {
        return IntStream.generate(() -> ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST + 1))
                .limit(ATTEMPTS)
                .filter(port -> !taken.contains(port) && obstacle(port).isEmpty())
                .findFirst()
                .orElseThrow(() -> new StartException(
                        "No port of " + LOWEST + " to " + HIGHEST + " on 127.0.0.1 is free; " + reader));
    }

    /**
     * Tells whether a server can listen.
     *
     * @param port the port, 1 to 65535
     * @return why not, or empty if it can
     */
    public static Optional<String> obstacle(int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1})).close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
