package dev.lockstep.flow.wire;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.Order;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** A request of the protocol. Each may be sent again: it is idempotent. */
public sealed interface Message {

    /**
     * A superior asks for a vote.
     *
     * @param handle the transaction at the subordinate
     * @param flow its flow
     * @param order prepare as what
     */
    record Prepare(UUID handle, UUID flow, Order order) implements Message {}

    /**
     * The decision is to commit.
     *
     * @param handle the transaction at the subordinate
     */
    record Commit(UUID handle) implements Message {}

    /**
     * The flow is rolled back. A follower that has voted only asks (F5a).
     *
     * @param flow which
     */
    record Rollback(UUID flow) implements Message {}

    /**
     * A holder whose superior is silent asks whether the flow is alive there.
     *
     * @param flow which
     */
    record Alive(UUID flow) implements Message {}

    /**
     * R2's question.
     *
     * @param commitPoint the database asked about
     * @param ids at most 100
     */
    record Decisions(ParticipantId commitPoint, List<GlobalId> ids) implements Message {}

    /**
     * R3's question.
     *
     * @param database a follower's
     * @param ids at most 100
     */
    record Prepared(ParticipantId database, List<GlobalId> ids) implements Message {}

    /**
     * The superior needs decisions no more.
     *
     * @param commitPoint the database that keeps them
     * @param ids at most 100
     * @param areDone whether everything is done everywhere
     */
    record Forget(ParticipantId commitPoint, List<GlobalId> ids, boolean areDone) implements Message {}

    /**
     * Somebody looks at a flow: what has the peer recorded of it? It is no part of the decision.
     *
     * @param flow which
     * @param transactions that take part in it elsewhere, at most 100: a server that was started anew has settled a branch by the decision's name
     * @param after how many of the events are known already, from the first
     */
    record Events(UUID flow, Set<GlobalId> transactions, int after) implements Message {

        /** No flow has more events than this. */
        public static final int MAX = 1_000;

        /** Takes a copy of the set. */
        public Events {
            transactions = Set.copyOf(transactions);
        }
    }
}
