package dev.lockstep.flow.registry;

import dev.lockstep.flow.settings.FlowSettings;
import dev.lockstep.flow.trust.Peers;
import dev.lockstep.flow.wire.Outbox;
import dev.lockstep.participant.flow.Flows;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;

/**
 * What all flows of this server share.
 *
 * @param settings times and limits
 * @param peers the servers that this one trusts
 * @param flows the participant
 * @param transactions the server's transaction manager
 * @param synchronizations of the server's transaction manager
 * @param outbox sends messages
 * @param workers the threads
 */
record Here(
        FlowSettings settings,
        Peers peers,
        Flows flows,
        TransactionManager transactions,
        TransactionSynchronizationRegistry synchronizations,
        Outbox outbox,
        Workers workers) {

    String node() {
        return peers.self().name();
    }
}
