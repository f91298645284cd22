package dev.lockstep.participant.database;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import java.time.Duration;
import java.util.List;

/**
 * A decision row: this transaction is committed.
 *
 * @param global the transaction
 * @param followers the participants that must commit, too; empty if the commit point was alone
 * @param retention how long it is kept for a coordinator that may still ask
 */
public record Decision(GlobalId global, List<ParticipantId> followers, Duration retention) {}
