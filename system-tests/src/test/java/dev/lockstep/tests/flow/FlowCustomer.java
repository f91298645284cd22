package dev.lockstep.tests.flow;

import dev.lockstep.tests.flow.Buyer.Wish;
import dev.lockstep.tests.killmatrix.Answer;
import dev.lockstep.tests.killmatrix.Patience;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Buys in all shapes without a break until told to stop, and keeps what it was told of each order. Runs in a thread of its own. */
final class FlowCustomer implements Runnable {

    private static final List<Shape> SHAPES = List.of(Shape.values());
    private static final int MOST_PIECES = 3;
    private static final int GIVES_UP_ONE_OF = 10;
    private static final Duration AFTER_A_NO = Duration.ofMillis(500);

    private final Map<Role, Buyer> buyers = new EnumMap<>(Role.class);
    private final List<Integer> products;
    private final Random random;
    private final Map<UUID, Answer> answers = new ConcurrentHashMap<>();
    private volatile boolean isStopping;

    FlowCustomer(Machines machines, List<Integer> products, long seed) {
        for (Role role : List.of(Role.CLIENT, Role.ORDER)) {
            buyers.put(role, new Buyer(machines.get(role).address().application()));
        }
        this.products = products;
        this.random = new Random(seed);
    }

    @Override
    public void run() {
        while (!isStopping) {
            Shape shape = SHAPES.get(random.nextInt(SHAPES.size()));
            Wish wish = Wish.of(products.get(random.nextInt(products.size())), 1 + random.nextInt(MOST_PIECES), shape);
            boolean givesUp = random.nextInt(GIVES_UP_ONE_OF) == 0;
            Answer answer = buyers.get(shape.caller()).buy(givesUp ? wish.givenUp() : wish);
            answers.put(wish.order(), answer);
            if (answer != Answer.YES) {
                Patience.pass(AFTER_A_NO);
            }
        }
    }

    void stop() {
        isStopping = true;
    }

    Map<UUID, Answer> answers() {
        return answers;
    }

    /** All that it was told, and is not so. */
    List<String> contradictions(Set<UUID> written) {
        return answers.entrySet().stream()
                .filter(one -> (one.getValue() == Answer.YES && !written.contains(one.getKey()))
                        || (one.getValue() == Answer.NO && written.contains(one.getKey())))
                .map(one -> "order " + one.getKey() + ": answered \"" + one.getValue() + "\", and it is "
                        + (written.contains(one.getKey()) ? "written" : "not written"))
                .toList();
    }
}
