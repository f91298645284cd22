package dev.lockstep.tests.flow;

import dev.lockstep.tests.flow.ExampleServers.Way;
import dev.lockstep.tests.flow.Link.Moment;

/** Who dies in the midst of an enrolment and of a transfer, and at which message. */
@SuppressWarnings("ImmutableEnumChecker") // a way is two constants
public enum ExampleVictim {
    /** It has committed, and its answer is lost. */
    HOLDER(ExampleNode.ONE, new Way(ExampleNode.CLIENT, ExampleNode.ONE), Kind.COMMIT, Moment.BEFORE_ANSWER),
    /** The decision is there, and it has not heard of it. */
    FOLLOWER(ExampleNode.TWO, new Way(ExampleNode.CLIENT, ExampleNode.TWO), Kind.COMMIT, Moment.BEFORE_DELIVERY),
    /** All have voted yes, and nobody has decided. */
    CALLER(ExampleNode.CLIENT, new Way(ExampleNode.CLIENT, ExampleNode.TWO), Kind.PREPARE, Moment.BEFORE_ANSWER),
    /** In the midst of a chain: bank A has committed, and the clearing house has not heard of it, nor bank B. */
    CLEARING(ExampleNode.CLEARING, new Way(ExampleNode.ONE, ExampleNode.CLEARING), Kind.COMMIT, Moment.BEFORE_DELIVERY),
    /** At the end of a chain: it has voted yes, and its answer is lost. */
    LAST(ExampleNode.TWO, new Way(ExampleNode.CLEARING, ExampleNode.TWO), Kind.PREPARE, Moment.BEFORE_ANSWER);

    private final ExampleNode node;
    private final Way way;
    private final Kind kind;
    private final Moment moment;

    ExampleVictim(ExampleNode node, Way way, Kind kind, Moment moment) {
        this.node = node;
        this.way = way;
        this.kind = kind;
        this.moment = moment;
    }

    /** Whether it is met by transfers through the clearing house alone. */
    public boolean isOfAChain() {
        return way.from() != ExampleNode.CLIENT;
    }

    ExampleNode node() {
        return node;
    }

    /** Holds the next message of this kind. */
    Link.Trap trap(ExampleServers servers) {
        return servers.link(way).trap(kind, moment);
    }
}
