package dev.lockstep.shop.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.shop.order.Lanes.Limits;
import dev.lockstep.shop.order.Lanes.Served;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The promises of the lanes, with real threads: also where nothing ever seems to end. */
class LanesUnderLoadTest {

    private static final int LANES_MAX = 4;
    private static final int TOGETHER_MAX = 4;

    /** Each customer of a product has a number by the order of coming; real threads serve. */
    @ParameterizedTest
    @CsvSource({"1, 0", "2, 0", "4, 0", "1, 1"})
    void everybodyIsServedOnce_firstComeFirstServed_neverTwoOfAProductAtOnce(int count, int secondsALook)
            throws Exception {
        int customers = 4000;
        Map<Integer, List<Integer>> served = new ConcurrentHashMap<>();
        Set<Integer> inALane = ConcurrentHashMap.newKeySet();
        List<String> faults = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch answered = new CountDownLatch(customers);
        ExecutorService threads = Executors.newFixedThreadPool(2 * LANES_MAX);
        Random chance = new Random(count);
        AtomicLong time = new AtomicLong();
        try {
            Lanes<Numbered> lanes = new Lanes<>(
                    new Limits(count, LANES_MAX, customers, TOGETHER_MAX),
                    () -> time.addAndGet(1_000_000_000L * secondsALook),
                    threads,
                    together -> {
                        together.stream().map(Numbered::productId).distinct().forEach(product -> {
                            if (!inALane.add(product)) {
                                faults.add("product " + product + " is in two lanes");
                            }
                        });
                        boolean isSpoilt = together.size() > 1 && together.get(0).number % 7 == 0;
                        if (!isSpoilt) {
                            together.forEach(one -> one.serve(served, answered));
                        }
                        together.forEach(one -> inALane.remove(one.productId));
                        return new Served<>(isSpoilt ? together : List.of(), () -> {});
                    },
                    one -> faults.add("sent away: " + one),
                    one -> faults.add("not told: " + one));
            int[] came = new int[5];
            for (int i = 0; i < customers; i++) {
                int productId = chance.nextInt(came.length);
                Numbered customer = new Numbered(productId, came[productId]++);
                if (lanes.enter(productId, () -> customer) == Entry.ALONE) {
                    if (!inALane.add(productId)) {
                        faults.add("product " + productId + " is in two lanes");
                    }
                    customer.serve(served, answered);
                    threads.execute(() -> {
                        inALane.remove(productId);
                        lanes.leave(productId);
                    });
                }
            }
            assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(faults).isEmpty();
            IntStream.range(0, came.length).forEach(product -> assertThat(served.get(product))
                    .containsExactlyElementsOf(
                            IntStream.range(0, came[product]).boxed().toList()));
            threads.shutdown();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
            assertThat(IntStream.range(0, count).mapToObj(lane -> lanes.enter(lane, () -> new Numbered(lane, 0))))
                    .as("no lane is left taken")
                    .containsOnly(Entry.ALONE);
        } finally {
            threads.shutdownNow();
        }
    }

    private record Numbered(int productId, int number) implements Lanes.Waiting {

        void serve(Map<Integer, List<Integer>> served, CountDownLatch answered) {
            served.computeIfAbsent(productId, any -> Collections.synchronizedList(new ArrayList<>()))
                    .add(number);
            answered.countDown();
        }
    }
}
