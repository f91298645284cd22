package dev.lockstep.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

/** Which of a shelf's products the clients want. */
enum Demand {
    /** Each as often as any other. */
    MANY("many products") {
        @Override
        int place(int size) {
            return ThreadLocalRandom.current().nextInt(size);
        }
    },

    /** All want the same one. */
    HOT("one hot product") {
        @Override
        int place(int size) {
            return 0;
        }
    },

    /** Four in five want one of five. */
    SALE("a sale, 80 % on 5 products") {
        @Override
        int place(int size) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            return random.nextInt(100) < 80 ? random.nextInt(Math.min(5, size)) : random.nextInt(size);
        }
    };

    private final String title;

    Demand(String title) {
        this.title = title;
    }

    /** Finds one by its name. */
    static Demand of(String name) {
        return Arrays.stream(values())
                .filter(demand -> demand.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("-Ddemand=" + name + " must be one of "
                        + Arrays.stream(values()).map(Demand::toString).collect(Collectors.joining(", "))));
    }

    /** {@return the place of a wanted product on a shelf of this size, 0 for the first} */
    abstract int place(int size);

    String title() {
        return title;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
