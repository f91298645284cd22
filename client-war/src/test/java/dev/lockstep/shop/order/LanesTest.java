package dev.lockstep.shop.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lockstep.shop.order.Lanes.Served;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who commits next, and with whom. Commits are begun, and ended, when the test says so. */
class LanesTest {

    private static final int TEA = 1;
    private static final int COFFEE = 2;
    private static final int CAKE = 3;
    private static final int WAITING_MAX = 9;
    private static final int TOGETHER_MAX = 4;

    /** What the lanes have handed to their threads, which do nothing by themselves. */
    private final Deque<Runnable> begun = new ArrayDeque<>();

    private final List<String> commits = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();

    private record Customer(String name, int productId) implements Lanes.Waiting {
        @Override
        public String toString() {
            return name;
        }
    }

    private Lanes<Customer> lanes(int count) {
        return new Lanes<>(
                count, WAITING_MAX, TOGETHER_MAX, begun::add, this::commit, one -> refused.add(one.toString()));
    }

    /** If there is one among several who spoils it, each must try again alone. */
    private Served<Customer> commit(List<Customer> together) {
        boolean isSpoilt = together.size() > 1 && together.stream().anyMatch(one -> failing.contains(one.name));
        commits.add((isSpoilt ? "failed " : "") + together);
        return new Served<>(isSpoilt ? together : List.of(), () -> {});
    }

    private static Entry enter(Lanes<Customer> lanes, String name, int productId) {
        return lanes.enter(productId, () -> new Customer(name, productId));
    }

    private void goOn() {
        begun.remove().run();
    }

    private void goOnToTheEnd() {
        while (!begun.isEmpty()) {
            goOn();
        }
    }

    @Test
    void whoeverComesAlone_waitsForNobody() {
        Lanes<Customer> lanes = lanes(1);
        assertThat(enter(lanes, "Ann", TEA)).isEqualTo(Entry.ALONE);
        lanes.leave(TEA);
        assertThat(enter(lanes, "Bob", TEA)).isEqualTo(Entry.ALONE);
        lanes.leave(TEA);
        assertThat(begun).isEmpty();
    }

    @Test
    void whoComesMeanwhile_sharesTheNextCommit_inTheOrderOfComing() {
        Lanes<Customer> lanes = lanes(1);
        enter(lanes, "Ann", TEA);
        assertThat(enter(lanes, "Bob", TEA)).isEqualTo(Entry.WAITING);
        enter(lanes, "Cid", COFFEE);
        enter(lanes, "Dee", TEA);
        assertThat(begun).isEmpty();
        lanes.leave(TEA);
        goOn();
        assertThat(commits).containsExactly("[Bob, Cid, Dee]");
        assertThat(enter(lanes, "Eve", TEA)).isEqualTo(Entry.ALONE);
    }

    @Test
    void differentProducts_doNotWaitForEachOther() {
        Lanes<Customer> lanes = lanes(2);
        assertThat(enter(lanes, "Ann", TEA)).isEqualTo(Entry.ALONE);
        assertThat(enter(lanes, "Bob", COFFEE)).isEqualTo(Entry.ALONE);
        enter(lanes, "Cid", TEA);
        enter(lanes, "Dee", CAKE);
        lanes.leave(COFFEE);
        goOn();
        assertThat(commits).as("tea is in another lane").containsExactly("[Dee]");
        lanes.leave(TEA);
        goOn();
        assertThat(commits).containsExactly("[Dee]", "[Cid]");
    }

    /** Else the later commit might be the first to take the stock. */
    @Test
    void product_isNeverInTwoLanes() {
        Lanes<Customer> lanes = lanes(3);
        enter(lanes, "Ann", TEA);
        assertThat(enter(lanes, "Bob", TEA)).isEqualTo(Entry.WAITING);
        enter(lanes, "Cid", TEA);
        lanes.leave(TEA);
        assertThat(enter(lanes, "Dee", TEA)).as("Bob and Cid have it").isEqualTo(Entry.WAITING);
        goOn();
        assertThat(begun).hasSize(1);
        goOn();
        assertThat(commits).containsExactly("[Bob, Cid]", "[Dee]");
    }

    @Test
    void moreThanMayShare_goInTurns() {
        Lanes<Customer> lanes = lanes(2);
        enter(lanes, "Ann", TEA);
        IntStream.rangeClosed(1, 6).forEach(i -> enter(lanes, "tea " + i, TEA));
        lanes.leave(TEA);
        goOnToTheEnd();
        assertThat(commits).containsExactly("[tea 1, tea 2, tea 3, tea 4]", "[tea 5, tea 6]");
    }

    /** A product that everybody wants must not keep one that hardly anybody wants from its turn. */
    @Test
    void oneWhoWaitsBehindManyOthers_isServedWithThem_orBeside() {
        Lanes<Customer> lanes = lanes(2);
        enter(lanes, "Ann", TEA);
        enter(lanes, "Bob", CAKE);
        IntStream.rangeClosed(1, 6).forEach(i -> enter(lanes, "tea " + i, TEA));
        enter(lanes, "Cid", COFFEE);
        lanes.leave(CAKE);
        goOn();
        assertThat(commits).containsExactly("[Cid]");
    }

    @Test
    void fullQueue_sendsAway_andHasRoomAgain() {
        Lanes<Customer> lanes = lanes(1);
        enter(lanes, "Ann", TEA);
        IntStream.range(0, WAITING_MAX)
                .forEach(i -> assertThat(enter(lanes, "tea " + i, TEA)).isEqualTo(Entry.WAITING));
        assertThat(enter(lanes, "Zoe", TEA)).isEqualTo(Entry.FULL);
        assertThat(enter(lanes, "Zoe", COFFEE)).isEqualTo(Entry.FULL);
        lanes.leave(TEA);
        assertThat(enter(lanes, "Zoe", TEA)).isEqualTo(Entry.WAITING);
        assertThat(lanes.waiting()).isEqualTo(WAITING_MAX - TOGETHER_MAX + 1);
    }

    /** One whose client has gone takes no stock if he was not begun. */
    @Test
    void whoeverWithdraws_isNotServed_unlessHeIsBeingServed() {
        Lanes<Customer> lanes = lanes(1);
        List<Customer> waiting = new ArrayList<>();
        enter(lanes, "Ann", TEA);
        for (String name : List.of("Bob", "Cid")) {
            lanes.enter(TEA, () -> {
                waiting.add(new Customer(name, TEA));
                return waiting.get(waiting.size() - 1);
            });
        }
        assertThat(lanes.withdraw(waiting.get(0))).isTrue();
        assertThat(lanes.withdraw(waiting.get(0))).isFalse();
        lanes.leave(TEA);
        assertThat(lanes.withdraw(waiting.get(1))).isFalse();
        goOn();
        assertThat(commits).containsExactly("[Cid]");
    }

    /** Nobody is harmed by his neighbour, and nobody overtakes. */
    @Test
    void afterAFailure_eachIsServedAlone_beforeThoseWhoCameLater() {
        Lanes<Customer> lanes = lanes(1);
        failing.add("Cid");
        enter(lanes, "Ann", TEA);
        List.of("Bob", "Cid", "Dee").forEach(name -> enter(lanes, name, TEA));
        lanes.leave(TEA);
        enter(lanes, "Eve", TEA);
        enter(lanes, "Fay", TEA);
        goOnToTheEnd();
        assertThat(commits).containsExactly("failed [Bob, Cid, Dee]", "[Bob]", "[Cid]", "[Dee]", "[Eve, Fay]");
    }

    /** One that has to wait for a row must not keep those who only shared the lane with him. */
    @Test
    void afterAFailure_otherProductsGoOnBesideEachOther() {
        Lanes<Customer> lanes = lanes(2);
        failing.add("Bob");
        enter(lanes, "Ann", TEA);
        enter(lanes, "Una", CAKE);
        enter(lanes, "Bob", TEA);
        enter(lanes, "Cid", COFFEE);
        enter(lanes, "Dee", TEA);
        lanes.leave(CAKE);
        assertThat(begun).as("tea is in a lane").hasSize(1);
        goOn();
        assertThat(commits).containsExactly("[Cid]");
        enter(lanes, "Una", CAKE);
        enter(lanes, "Eve", COFFEE);
        lanes.leave(TEA);
        goOn();
        assertThat(commits).containsExactly("[Cid]", "failed [Bob, Dee, Eve]");
        lanes.leave(CAKE);
        assertThat(begun).as("Bob and Eve, each alone; Dee is behind Bob").hasSize(2);
        goOnToTheEnd();
        assertThat(commits.subList(2, 5)).containsExactly("[Bob]", "[Eve]", "[Dee]");
    }

    @Test
    void laneIsLeft_beforeWhatIsDoneAfterwards_andWhateverGoesWrong() {
        Lanes<Customer> lanes = new Lanes<>(
                1,
                WAITING_MAX,
                TOGETHER_MAX,
                begun::add,
                together -> {
                    commits.add(together.toString());
                    if (commits.size() == 1) {
                        throw new IllegalStateException("a fault of ours");
                    }
                    return new Served<>(List.of(), () -> commits.add("answers, " + begun.size() + " begun"));
                },
                one -> {});
        enter(lanes, "Ann", TEA);
        enter(lanes, "Bob", TEA);
        lanes.leave(TEA);
        enter(lanes, "Cid", TEA);
        assertThatIllegalStateException().isThrownBy(this::goOn).withMessage("a fault of ours");
        enter(lanes, "Dee", TEA);
        goOn();
        assertThat(commits).containsExactly("[Bob]", "[Cid]", "answers, 1 begun");
        goOn();
        assertThat(enter(lanes, "Eve", TEA)).isEqualTo(Entry.ALONE);
    }

    // --- The end

    @Test
    void closedLanes_sendAllAway_whoAreNotBeingServed() {
        Lanes<Customer> lanes = lanes(1);
        failing.add("Bob");
        enter(lanes, "Ann", TEA);
        enter(lanes, "Bob", TEA);
        enter(lanes, "Cid", TEA);
        lanes.leave(TEA);
        enter(lanes, "Dee", TEA);
        lanes.close();
        assertThat(refused).containsExactly("Dee");
        assertThat(enter(lanes, "Eve", COFFEE)).isEqualTo(Entry.CLOSED);
        goOnToTheEnd();
        assertThat(commits).containsExactly("failed [Bob, Cid]");
        assertThat(refused).as("they must not be begun again").containsExactly("Dee", "Bob", "Cid");
    }

    @Test
    void threadsThatTakeNoMore_sendAway() {
        Lanes<Customer> lanes = new Lanes<>(
                1,
                WAITING_MAX,
                TOGETHER_MAX,
                work -> {
                    throw new RejectedExecutionException("shut down");
                },
                this::commit,
                one -> refused.add(one.name));
        enter(lanes, "Ann", TEA);
        enter(lanes, "Bob", TEA);
        lanes.leave(TEA);
        assertThat(refused).containsExactly("Bob");
    }

    // --- All at once

    /** Each customer of a product has a number by the order of coming; real threads serve. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void underLoad_everybodyIsServedOnce_firstComeFirstServed_neverTwoOfAProductAtOnce(int count) throws Exception {
        int customers = 4000;
        Map<Integer, List<Integer>> served = new ConcurrentHashMap<>();
        Set<Integer> inALane = ConcurrentHashMap.newKeySet();
        List<String> faults = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch answered = new CountDownLatch(customers);
        ExecutorService threads = Executors.newFixedThreadPool(2 * count);
        Random chance = new Random(count);
        try {
            Lanes<Numbered> lanes = new Lanes<>(
                    count,
                    customers,
                    TOGETHER_MAX,
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
                    one -> faults.add("sent away: " + one));
            int[] came = new int[5];
            for (int i = 0; i < customers; i++) {
                int productId = chance.nextInt(came.length);
                Numbered customer = new Numbered(productId, came[productId]++);
                if (lanes.enter(productId, () -> customer) == Entry.ALONE) {
                    customer.serve(served, answered);
                    threads.execute(() -> lanes.leave(productId));
                }
            }
            assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(faults).isEmpty();
            IntStream.range(0, came.length).forEach(product -> assertThat(served.get(product))
                    .containsExactlyElementsOf(
                            IntStream.range(0, came[product]).boxed().toList()));
            CompletableFuture.runAsync(() -> {}, threads).join();
            assertThat(lanes.waiting()).isZero();
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
