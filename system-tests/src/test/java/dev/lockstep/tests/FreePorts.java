package dev.lockstep.tests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * Ports for servers of a test, below those that the system gives to clients, so that none takes them meanwhile. Between a look at a port
 * and its server's start lie seconds, so no port is given twice, and each JVM that tests has a range of its own.
 */
public final class FreePorts {

    private static final int LOWEST = 10_000;
    private static final int HIGHEST = 32_000;
    private static final int RANGE = 2_000;

    /** Bound to the first port of the range for as long as the JVM lives: that keeps others out of it. */
    private static final ServerSocket OWNED = takeRange();

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(RANGE));

    private FreePorts() {}

    /** One port. */
    public static int one() {
        return firstOf(1);
    }

    /** The first of some ports in a row. */
    public static int firstOf(int count) {
        int begin = OWNED.getLocalPort() + 1;
        int firsts = RANGE - count;
        return IntStream.generate(() -> begin + Math.floorMod(NEXT.getAndAdd(count), firsts))
                .limit(RANGE)
                .filter(first -> IntStream.range(first, first + count).allMatch(FreePorts::isFree))
                .findFirst()
                .orElseThrow();
    }

    private static ServerSocket takeRange() {
        return IntStream.iterate(LOWEST, first -> first < HIGHEST, first -> first + RANGE)
                .mapToObj(FreePorts::bound)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        Optional<ServerSocket> socket = bound(port);
        socket.ifPresent(FreePorts::release);
        return socket.isPresent();
    }

    private static Optional<ServerSocket> bound(int port) {
        try {
            return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void release(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
