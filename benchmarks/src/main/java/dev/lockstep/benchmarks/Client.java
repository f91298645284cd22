package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.Ordering.Entrance;
import dev.lockstep.benchmarks.Ordering.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** One who orders, waits for the answer, and orders again: at once, or when it is his turn. */
final class Client implements Callable<Client> {

    private static final int PIECES_MAX = 3;

    private final Entrance entrance;
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
    Client(Entrance entrance, Shelf shelf, Parameters parameters, int place, CyclicBarrier begin) {
        this.entrance = entrance;
        this.shelf = shelf;
        this.parameters = parameters;
        this.place = place;
        this.begin = begin;
    }

    @Override
    public Client call() throws Exception {
        try (Ordering ordering = entrance.open()) {
            begin.await();
            beganNanos = System.nanoTime();
            endedNanos = beganNanos;
            long end = beganNanos + parameters.length().toNanos();
            long due = due(0);
            for (int sent = 1; due < end; sent++) {
                awaitUntil(due);
                order(ordering, due);
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

    private void order(Ordering ordering, long dueNanos) throws Exception {
        int quantity = ThreadLocalRandom.current().nextInt(PIECES_MAX) + 1;
        Reply reply = ordering.order(shelf.any(parameters.demand()), quantity);
        endedNanos = System.nanoTime();
        if (reply.placed().isPresent()) {
            micros.recordValue((endedNanos - dueNanos) / 1000);
            placed.add(reply.placed().get());
            pieces += quantity;
        } else {
            refusals.add(reply.refusal());
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
