package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.Counter.Wish;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.postgresql.xa.PGXADataSource;

/** What can be had without a server: client threads that order by statements of their own, over as many connections as a server's pool has. */
final class BareLoop implements Loop {

    /** Of each server's pools, too. */
    static final int CONNECTIONS = 32;

    private final List<Counter> all = new ArrayList<>();
    private final BlockingQueue<Counter> free = new ArrayBlockingQueue<>(CONNECTIONS);
    private final Way way;

    /** How an order is placed. */
    interface Way {

        void place(Counter counter, Wish wish) throws Exception;
    }

    BareLoop(PGXADataSource product, PGXADataSource orders, Way way) throws SQLException {
        this.way = way;
        for (int i = 0; i < CONNECTIONS; i++) {
            all.add(new Counter(product, orders));
        }
        free.addAll(all);
    }

    /** {@return a client's way to order; all share the connections} */
    @Override
    public Ordering open() {
        return new Ordering() {
            @Override
            public Reply order(int productId, int quantity) throws Exception {
                Wish wish = new Wish(UUID.randomUUID(), productId, quantity);
                Counter counter = free.take();
                way.place(counter, wish);
                free.add(counter); // one that failed is not used again: it ends the benchmark
                return Reply.yes(wish.id());
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void close() throws SQLException {
        for (Counter counter : all) {
            counter.close();
        }
    }
}
