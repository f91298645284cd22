package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.Counter.Wish;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.postgresql.xa.PGXADataSource;

/** Orders that arrive while a commit is under way go together into the next one: a queue and a thread for each lane of products. */
final class SharedLoop implements Loop {

    private static final int LANES = 4;
    private static final int TOGETHER_MAX = 256;

    private final List<Lane> lanes = new ArrayList<>();

    SharedLoop(PGXADataSource product, PGXADataSource orders) throws SQLException {
        for (int i = 0; i < LANES; i++) {
            lanes.add(new Lane(new Counter(product, orders)));
        }
        lanes.forEach(Lane::start);
    }

    @Override
    public Ordering open() {
        return new Ordering() {
            @Override
            public Reply order(int productId, int quantity) throws Exception {
                Waiting waiting =
                        new Waiting(new Wish(UUID.randomUUID(), productId, quantity), new CompletableFuture<>());
                lanes.get(productId % LANES).queue.add(waiting);
                waiting.placed().get();
                return Reply.yes(waiting.wish().id());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() {
        lanes.forEach(Lane::interrupt);
    }

    private record Waiting(Wish wish, CompletableFuture<Void> placed) {}

    /** Commits what has come meanwhile, again and again. */
    private static final class Lane extends Thread {

        private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
        private final Counter counter;

        Lane(Counter counter) {
            super("lane");
            setDaemon(true);
            this.counter = counter;
        }

        @Override
        public void run() {
            try (counter) {
                while (true) {
                    List<Waiting> together = new ArrayList<>();
                    together.add(queue.take());
                    queue.drainTo(together, TOGETHER_MAX - 1);
                    place(together);
                }
            } catch (InterruptedException e) {
                interrupt(); // closed
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private void place(List<Waiting> together) {
            try {
                counter.placeTogether(together.stream().map(Waiting::wish).toList());
                together.forEach(waiting -> waiting.placed().complete(null));
            } catch (Exception e) {
                together.forEach(waiting -> waiting.placed().completeExceptionally(e));
            }
        }
    }
}
