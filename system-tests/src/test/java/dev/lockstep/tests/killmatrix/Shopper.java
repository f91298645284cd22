package dev.lockstep.tests.killmatrix;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Orders and takes tickets without a break until told to stop, and keeps what it was told of each. Runs in a thread of its own. */
final class Shopper implements Runnable {

    static final int MOST_PIECES = 3;

    private static final Duration AFTER_A_NO = Duration.ofMillis(50);

    private final Client orders;
    private final Client questions;
    private final List<Integer> plentiful;
    private final List<Integer> scarce;
    private final Random random;
    private final Set<UUID> there = ConcurrentHashMap.newKeySet();
    private final Set<UUID> notThere = ConcurrentHashMap.newKeySet();
    private final Map<UUID, World> open = new ConcurrentHashMap<>();
    private final Map<Answer, Integer> answers = new ConcurrentHashMap<>();
    private volatile boolean isStopping;

    /**
     * A customer.
     *
     * @param orders where it orders
     * @param questions where it asks when an answer left it open
     * @param plentiful what it orders, and takes tickets for
     * @param scarce what it only orders
     * @param seed of what and how much
     */
    Shopper(Client orders, Client questions, List<Integer> plentiful, List<Integer> scarce, long seed) {
        this.orders = orders;
        this.questions = questions;
        this.plentiful = plentiful;
        this.scarce = scarce;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        while (!isStopping) {
            World world = random.nextBoolean() ? World.TICKET : World.ORDER;
            List<Integer> products = world == World.ORDER && random.nextBoolean() ? scarce : plentiful;
            UUID id = UUID.randomUUID();
            Answer answer = world.place(
                    orders, id, products.get(random.nextInt(products.size())), 1 + random.nextInt(MOST_PIECES));
            answers.merge(answer, 1, Integer::sum);
            switch (answer) {
                case YES -> there.add(id);
                case NO -> notThere.add(id);
                case UNKNOWN, LOST -> {
                    open.put(id, world);
                    askUntilToldOrStopped(id);
                }
            }
            if (answer != Answer.YES) {
                Patience.pass(AFTER_A_NO);
            }
        }
    }

    void stop() {
        isStopping = true;
    }

    private void askUntilToldOrStopped(UUID orderId) {
        while (!isStopping && !ask(orderId)) {
            Patience.pass(AFTER_A_NO);
        }
    }

    /** Asks for one; whether it was told. */
    private boolean ask(UUID orderId) {
        Optional<Boolean> word = open.get(orderId).isThere(questions, orderId);
        word.ifPresent(isThere -> {
            (isThere ? there : notThere).add(orderId);
            open.remove(orderId);
        });
        return word.isPresent();
    }

    /** Asks once more for all that is open, after it has stopped; whether nothing is left open. */
    boolean isToldAll() {
        List.copyOf(open.keySet()).forEach(this::ask);
        return open.isEmpty();
    }

    /** How often it was answered what. */
    Map<Answer, Integer> answers() {
        return answers;
    }

    Set<UUID> there() {
        return there;
    }

    /** Holds all it was told against the books. */
    List<String> contradictions(Set<UUID> written) {
        List<String> contradictions = new ArrayList<>();
        open.forEach((id, world) -> contradictions.add("never decided: " + world + " " + id));
        there.stream()
                .filter(order -> !written.contains(order))
                .forEach(order -> contradictions.add("told there, not written: " + order));
        notThere.stream()
                .filter(written::contains)
                .forEach(order -> contradictions.add("told not there, but written: " + order));
        return contradictions;
    }
}
