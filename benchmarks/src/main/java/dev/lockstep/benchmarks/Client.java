package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import org.HdrHistogram.Histogram;

/** One who orders, waits for the answer, and orders again. */
final class Client implements Callable<Client> {

    private static final int PIECES_MAX = 3;

    private final URI server;
    private final World world;
    private final Shelf shelf;
    private final Duration length;
    private final CyclicBarrier begin;
    private final Histogram micros = new Histogram(3);
    private final List<UUID> placed = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private long pieces;
    private long beganNanos;
    private long endedNanos;

    Client(URI server, World world, Shelf shelf, Duration length, CyclicBarrier begin) {
        this.server = server;
        this.world = world;
        this.shelf = shelf;
        this.length = length;
        this.begin = begin;
    }

    @Override
    public Client call() throws IOException, InterruptedException, BrokenBarrierException {
        try (HttpConnection connection = new HttpConnection(server)) {
            begin.await();
            beganNanos = System.nanoTime();
            endedNanos = beganNanos;
            while (endedNanos - beganNanos < length.toNanos()) {
                order(connection, endedNanos);
            }
        }
        return this;
    }

    private void order(HttpConnection connection, long sentNanos) throws IOException {
        int quantity = ThreadLocalRandom.current().nextInt(PIECES_MAX) + 1;
        Answer answer = connection.post(
                world.path(),
                "{\"productId\":" + shelf.any() + ",\"quantity\":" + quantity + ",\"orderName\":\"Benchmark\"}");
        endedNanos = System.nanoTime();
        if (answer.status() == world.yes()) {
            micros.recordValue((endedNanos - sentNanos) / 1000);
            placed.add(UUID.fromString(answer.location().substring(world.path().length() + 1)));
            pieces += quantity;
        } else {
            refusals.add(answer.status() + " " + answer.body());
        }
    }

    Histogram micros() {
        return micros;
    }

    List<UUID> placed() {
        return placed;
    }

    List<String> refusals() {
        return refusals;
    }

    long pieces() {
        return pieces;
    }

    long beganNanos() {
        return beganNanos;
    }

    long endedNanos() {
        return endedNanos;
    }
}
