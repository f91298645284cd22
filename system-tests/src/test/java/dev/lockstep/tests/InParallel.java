package dev.lockstep.tests;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many clients at the same time. */
final class InParallel {

    private InParallel() {}

    /** Lets each do its work in a thread of its own, and returns what came of it, in their order. */
    static <T> List<T> run(List<Callable<T>> clients) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(clients.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : pool.invokeAll(clients)) {
                results.add(future.get());
            }
            return results;
        } finally {
            pool.shutdown();
        }
    }
}
