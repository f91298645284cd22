package dev.lockstep.participant;

import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.KnownDatabase;
import dev.lockstep.participant.flow.Order;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Part;
import dev.lockstep.participant.flow.Vote;
import java.util.Set;
import java.util.stream.Collectors;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;

/** A server that was called: its transaction has a gate, which does what the superior says. */
final class CalledServerNode extends CallingServer {

    final Part part;

    CalledServerNode(Node node) throws XAException {
        super(node);
        this.part = node.flows().part(((Node.GivenXid) transaction).branch());
    }

    /** What it names in its answer to the call. */
    Set<ParticipantId> databases() {
        Set<ParticipantId> databases =
                node.flows().databases().stream().map(KnownDatabase::id).collect(Collectors.toSet());
        resources.stream()
                .filter(RemoteServer.class::isInstance)
                .forEach(called -> databases.addAll(((RemoteServer) called).databases()));
        return databases;
    }

    /** The call is answered, and then the superior asks for a vote. */
    Vote prepare(Order order) throws XAException {
        part.named(databases());
        return part.prepare(order);
    }

    /** The superior says so; then JTS, whose gate has prepared all. */
    Outcome commitHere() throws XAException {
        part.commit();
        try {
            commit();
        } finally {
            part.over();
        }
        return part.outcome();
    }

    /** JTS ends it, for whatever reason. */
    void rollbackHere() throws XAException {
        try {
            rollbackWork();
        } finally {
            part.over();
        }
    }

    static int code(Vote vote) {
        return vote instanceof Vote.Nothing ? XAResource.XA_RDONLY : XAResource.XA_OK;
    }
}
