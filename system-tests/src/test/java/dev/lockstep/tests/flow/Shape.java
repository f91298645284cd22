package dev.lockstep.tests.flow;

import dev.lockstep.tests.flow.Machines.Way;
import java.util.List;

/** Who calls whom to place an order. */
@SuppressWarnings("ImmutableEnumChecker") // its list comes from List.of
enum Shape {
    /** The client calls both services. */
    STAR(
            "star",
            Role.CLIENT,
            Role.PRODUCT,
            Role.ORDER,
            Role.ORDER,
            List.of(new Way(Role.CLIENT, Role.PRODUCT), new Way(Role.CLIENT, Role.ORDER))),
    /** The client calls the order service, which writes the order and then calls the product service. */
    CHAIN(
            "chain",
            Role.CLIENT,
            Role.ORDER,
            Role.PRODUCT,
            Role.ORDER,
            List.of(new Way(Role.CLIENT, Role.ORDER), new Way(Role.ORDER, Role.PRODUCT))),
    /** The same, but the order service writes last: so the last of the chain holds, and the middle follows. */
    LATE(
            "late chain",
            Role.CLIENT,
            Role.PRODUCT,
            Role.ORDER,
            Role.ORDER,
            List.of(new Way(Role.CLIENT, Role.ORDER), new Way(Role.ORDER, Role.PRODUCT))),
    /** The client calls one that has nothing of its own, and that calls both services. */
    ROUTER(
            "router",
            Role.CLIENT,
            Role.PRODUCT,
            Role.ORDER,
            Role.ROUTER,
            List.of(
                    new Way(Role.CLIENT, Role.ROUTER),
                    new Way(Role.ROUTER, Role.PRODUCT),
                    new Way(Role.ROUTER, Role.ORDER))),
    /** The order machine opens the scope itself, writes the order and calls the product service. */
    OWN("own database", Role.ORDER, Role.ORDER, Role.PRODUCT, Role.ORDER, List.of(new Way(Role.ORDER, Role.PRODUCT))),
    /** The same, but through one that has nothing of its own. */
    DEEP(
            "own database through a router",
            Role.ORDER,
            Role.ORDER,
            Role.PRODUCT,
            Role.ROUTER,
            List.of(new Way(Role.ORDER, Role.ROUTER), new Way(Role.ROUTER, Role.PRODUCT)));

    private final String word;
    private final Role caller;
    private final Role holder;
    private final Role follower;
    private final Role middle;
    private final List<Way> ways;

    Shape(String word, Role caller, Role holder, Role follower, Role middle, List<Way> ways) {
        this.word = word;
        this.caller = caller;
        this.holder = holder;
        this.follower = follower;
        this.middle = middle;
        this.ways = ways;
    }

    /** Where the scope is opened. */
    Role caller() {
        return caller;
    }

    /** Whose database keeps the decision. */
    Role holder() {
        return holder;
    }

    Role follower() {
        return follower;
    }

    /** Who is called and calls on; in some shapes there is none, so it is the follower once more. */
    Role middle() {
        return middle;
    }

    /** Whether words to the holder go that way; where the caller holds there are none. */
    boolean leadsToHolder(Way way) {
        boolean isAbove = way.from() == caller && way.to() == middle && ways.contains(new Way(middle, holder));
        return caller != holder && (way.to() == holder || isAbove);
    }

    /** The ways of its messages, in the order of its calls. */
    List<Way> ways() {
        return ways;
    }

    @Override
    public String toString() {
        return word;
    }
}
