package dev.lockstep.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** What the clients of one round saw. */
record Load(List<UUID> placed, long pieces, List<String> refusals, double seconds, Histogram micros) {

    /** Runs a round's clients, a thread each, and returns when all have their last answer. */
    static Load of(Candidate candidate, Shelf shelf, Parameters parameters) throws InterruptedException {
        CyclicBarrier begin = new CyclicBarrier(parameters.clients());
        List<Client> clients = IntStream.range(0, parameters.clients())
                .mapToObj(place -> new Client(candidate.entrance(), shelf, parameters, place, begin))
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(parameters.clients());
        try {
            for (Future<Client> client : threads.invokeAll(clients)) {
                client.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A client of " + candidate.name() + " failed", e);
        } finally {
            threads.shutdownNow();
        }
        return together(clients);
    }

    private static Load together(List<Client> clients) {
        Histogram micros = new Histogram(3);
        List<UUID> placed = new ArrayList<>();
        clients.forEach(client -> {
            micros.add(client.micros());
            placed.addAll(client.placed());
        });
        long began = clients.stream().mapToLong(Client::beganNanos).min().orElseThrow();
        long ended = clients.stream().mapToLong(Client::endedNanos).max().orElseThrow();
        return new Load(
                placed,
                clients.stream().mapToLong(Client::pieces).sum(),
                clients.stream().flatMap(client -> client.refusals().stream()).toList(),
                (ended - began) / 1e9,
                micros);
    }

    double perSecond() {
        return placed.size() / seconds;
    }

    double millis(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }
}
