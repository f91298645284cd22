package dev.lockstep.shop.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.lockstep.shop.order.Lanes.Limits;
import dev.lockstep.shop.order.Lanes.Served;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who commits next, and with whom. Commits are begun, and ended, when the test says so. */
class LanesTest {

    private static final int TEA = 1;
    private static final int COFFEE = 2;
    private static final int CAKE = 3;
    private static final int WAITING_MAX = 9;
    private static final int TOGETHER_MAX = 4;
    private static final int LANES_MAX = 4;
    private static final Duration STILLNESS = Duration.ofSeconds(1);

    private final AtomicLong now = new AtomicLong();
    private boolean isTimePassing;

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
        return lanes(count, begun::add, this::commit);
    }

    private Lanes<Customer> lanes(int count, Executor threads, Function<List<Customer>, Served<Customer>> work) {
        return new Lanes<>(
                new Limits(count, LANES_MAX, WAITING_MAX, TOGETHER_MAX),
                this::now,
                threads,
                work,
                one -> refused.add(one.name),
                one -> commits.add(one + " hears that nobody knows"));
    }

    private long now() {
        return isTimePassing ? now.getAndIncrement() : now.get();
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
    void laneIsLeft_beforeWhatIsDoneAfterwards_andWhateverGoesWrong_whichIsToldToAllWhoHadIt() {
        Lanes<Customer> lanes = lanes(1, begun::add, together -> {
            commits.add(together.toString());
            if (commits.size() == 1) {
                throw new IllegalStateException("a fault of ours");
            }
            return new Served<>(List.of(), () -> commits.add("answers, " + begun.size() + " begun"));
        });
        enter(lanes, "Ann", TEA);
        enter(lanes, "Bob", TEA);
        lanes.leave(TEA);
        enter(lanes, "Cid", TEA);
        assertThatIllegalStateException().isThrownBy(this::goOn).withMessage("a fault of ours");
        enter(lanes, "Dee", TEA);
        goOn();
        assertThat(commits).containsExactly("[Bob]", "Bob hears that nobody knows", "[Cid]", "answers, 1 begun");
        goOn();
        assertThat(enter(lanes, "Eve", TEA)).isEqualTo(Entry.ALONE);
    }

    // --- Commits that stand still

    /** Ann's row is locked by somebody else. */
    @Test
    void nothingEnds_soThoseOfOtherProductsHaveLanesOfTheirOwn() {
        Lanes<Customer> lanes = lanes(1);
        now.set(STILLNESS.toNanos()); // that nobody came for long is no stillness
        enter(lanes, "Ann", TEA);
        enter(lanes, "Bob", COFFEE);
        enter(lanes, "Cid", TEA);
        now.addAndGet(STILLNESS.toNanos() - 1);
        lanes.goOn();
        assertThat(begun).isEmpty();
        now.incrementAndGet();
        lanes.goOn();
        goOn();
        assertThat(commits).as("tea is still in Ann's lane").containsExactly("[Bob]");
        assertThat(enter(lanes, "Dee", CAKE)).as("at once, since it is known").isEqualTo(Entry.ALONE);
        lanes.leave(CAKE);
        lanes.leave(TEA);
        goOn();
        assertThat(commits).containsExactly("[Bob]", "[Cid]");
    }

    @Test
    void commitThatManyHaveOvertaken_isNotCounted() {
        Lanes<Customer> lanes = lanes(2);
        enter(lanes, "Ann", TEA);
        for (int other = 0; other < 15; other++) {
            assertThat(enter(lanes, "one of many", COFFEE)).isEqualTo(Entry.ALONE);
            lanes.leave(COFFEE);
        }
        enter(lanes, "Bob", COFFEE);
        assertThat(enter(lanes, "Cid", CAKE)).isEqualTo(Entry.WAITING);
        lanes.leave(COFFEE);
        assertThat(begun).as("Cid").hasSize(1);
        assertThat(enter(lanes, "Dee", COFFEE)).isEqualTo(Entry.ALONE);
    }

    /** On a busy machine each commit lasts; if they had more lanes, fewer would share each, and all would last longer. */
    @Test
    void slowCommits_haveNoMoreLanes() {
        Lanes<Customer> lanes = lanes(2);
        enter(lanes, "0", 0);
        enter(lanes, "1", 1);
        for (int i = 0; i < 40; i++) {
            now.addAndGet(STILLNESS.toNanos() - 1);
            assertThat(enter(lanes, "next", i + 2)).isEqualTo(Entry.WAITING);
            if (i < 2) {
                lanes.leave(i);
            } else {
                goOn();
            }
            assertThat(begun).hasSize(Math.min(i + 1, 2));
        }
    }

    /** The clock goes on between two looks at it. */
    @Test
    void laneThatBecomesFreeThisMoment_isNotForWhoeverComesLater() {
        Lanes<Customer> lanes = lanes(1);
        enter(lanes, "Ann", TEA);
        enter(lanes, "Bob", COFFEE);
        now.set(STILLNESS.toNanos() - 1);
        isTimePassing = true;
        assertThat(enter(lanes, "Cid", COFFEE)).isEqualTo(Entry.WAITING);
    }

    @Test
    void whoComesWhenNothingHasEnded_doesNotGoBeforeThoseWhoWait() {
        Lanes<Customer> lanes = lanes(1);
        enter(lanes, "Ann", TEA);
        enter(lanes, "Bob", COFFEE);
        now.addAndGet(STILLNESS.toNanos());
        assertThat(enter(lanes, "Cid", COFFEE)).isEqualTo(Entry.WAITING);
        goOn();
        goOn();
        assertThat(commits).containsExactly("[Bob]", "[Cid]");
    }

    /** Each lane needs a connection of both databases. */
    @Test
    void commitsThatStandStill_haveNoMoreLanesThanMayBe() {
        Lanes<Customer> lanes = lanes(1);
        for (int product = 0; product < LANES_MAX; product++) {
            assertThat(enter(lanes, "of " + product, product)).isEqualTo(Entry.ALONE);
            now.addAndGet(STILLNESS.toNanos());
        }
        assertThat(enter(lanes, "Zoe", LANES_MAX)).isEqualTo(Entry.WAITING);
        lanes.leave(0);
        goOn();
        assertThat(commits).containsExactly("[Zoe]");
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

    /** The threads end, and have not come to them. */
    @Test
    void thoseWhomNoThreadBegan_areSentAway_andNotServedLater() {
        Lanes<Customer> lanes = lanes(1);
        enter(lanes, "Ann", TEA);
        enter(lanes, "Bob", TEA);
        lanes.leave(TEA);
        lanes.close();
        assertThat(refused).isEmpty();
        lanes.abandon();
        assertThat(refused).containsExactly("Bob");
        goOn();
        assertThat(commits).isEmpty();
    }

    @Test
    void threadsThatTakeNoMore_sendAway() {
        Executor closed = work -> {
            throw new RejectedExecutionException("shut down");
        };
        Lanes<Customer> lanes = lanes(1, closed, this::commit);
        enter(lanes, "Ann", TEA);
        enter(lanes, "Bob", TEA);
        lanes.leave(TEA);
        assertThat(refused).containsExactly("Bob");
        assertThat(enter(lanes, "Cid", TEA)).as("the lane is free again").isEqualTo(Entry.ALONE);
    }
}
