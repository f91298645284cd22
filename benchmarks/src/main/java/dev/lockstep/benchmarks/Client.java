package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.HttpConnection.Answer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** One who orders, waits for the answer, and orders again: at once, or when it is his turn. */
final class Client implements Callable<Client> {

    private static final int PIECES_MAX = 3;

    private final URI server;
    private final World world;
    private final Shelf shelf;
    private final Parameters parameters;
    private final int place;
    private final CyclicBarrier begin;
    private final Histogram micros = new Histogram(3);
    private final List<UUID> placed = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();
    private long pieces;
    private long beganNanos;
    private long endedNanos;

    /** A client; its place among the clients tells its turn if there is a rate. */
    Client(URI server, World world, Shelf shelf, Parameters parameters, int place, CyclicBarrier begin) {
        this.server = server;
        this.world = world;
        this.shelf = shelf;
        this.parameters = parameters;
        this.place = place;
        this.begin = begin;
    }

    @Override
    public Client call() throws IOException, InterruptedException, BrokenBarrierException {
        try (HttpConnection connection = new HttpConnection(server)) {
            begin.await();
            beganNanos = System.nanoTime();
            endedNanos = beganNanos;
            long end = beganNanos + parameters.length().toNanos();
            long due = due(0);
            for (int sent = 1; due < end; sent++) {
                awaitUntil(due);
                order(connection, due);
                due = due(sent);
            }
        }
        return this;
    }

    /** At a rate, when it is this client's turn, even if that is past: then the wait for the connection counts, too. */
    private long due(int sent) {
        return parameters.rate() == 0
                ? endedNanos
                : beganNanos + ((long) sent * parameters.clients() + place) * 1_000_000_000 / parameters.rate();
    }

    private static void awaitUntil(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private void order(HttpConnection connection, long dueNanos) throws IOException {
        int quantity = ThreadLocalRandom.current().nextInt(PIECES_MAX) + 1;
        Answer answer = connection.post(
                world.path(),
                "{\"productId\":" + shelf.any() + ",\"quantity\":" + quantity + ",\"orderName\":\"Benchmark\"}");
        endedNanos = System.nanoTime();
        if (answer.status() == world.yes()) {
            micros.recordValue((endedNanos - dueNanos) / 1000);
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
