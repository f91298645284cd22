package dev.lockstep.participant.flow;

import dev.lockstep.participant.branch.ParticipantId;
import java.util.Set;
import javax.transaction.xa.XAException;

/** A server that was called, as the participant sees it: an XAResource of the module {@code flow-server}. Thread-safe. */
public interface Subordinate {

    /** {@return the databases that it has named, its own and those of the servers that it called} */
    Set<ParticipantId> databases();

    /**
     * Asks for its vote, once; later it gives the same answer. Called by JTS, or by this server's own gate.
     *
     * @return XA_OK or XA_RDONLY
     * @throws XAException an XA_RB code: no
     */
    int prepare() throws XAException;
}
