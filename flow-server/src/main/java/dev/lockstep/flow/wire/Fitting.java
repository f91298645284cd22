package dev.lockstep.flow.wire;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.Order;
import dev.lockstep.participant.flow.Vote;
import java.util.Collection;
import java.util.HashSet;

/** Whether a reply answers a message. One that does not is no fact, whoever signed it. */
final class Fitting {

    private Fitting() {}

    static boolean fits(Message message, Reply reply) {
        if (message instanceof Message.Prepare prepare) {
            return isVote(prepare.order(), reply) || reply instanceof Reply.VotedNo || reply instanceof Reply.Unknown;
        } else if (message instanceof Message.Commit) {
            return reply instanceof Reply.Ended || reply instanceof Reply.Unknown;
        } else if (message instanceof Message.Alive) {
            return reply instanceof Reply.Living || reply instanceof Reply.Unknown;
        } else if (message instanceof Message.Decisions decisions) {
            return isOf(decisions.ids(), reply) || isAbout(decisions.commitPoint(), reply);
        } else if (message instanceof Message.Prepared prepared) {
            return isAmong(prepared.ids(), reply) || isAbout(prepared.database(), reply);
        } else if (message instanceof Message.Events) {
            return reply instanceof Reply.Recorded;
        }
        return reply instanceof Reply.Heard; // to rollback and forget
    }

    /** A vote repeats what was asked for: else it may be an answer to another order of the same transaction. */
    private static boolean isVote(Order order, Reply reply) {
        if (reply instanceof Reply.Voted voted) {
            return !(order instanceof Order.Follow follow)
                    || !(voted.vote() instanceof Vote.Prepared prepared)
                    || (prepared.decision().equals(follow.decision())
                            && prepared.commitPoint().equals(follow.commitPoint()));
        }
        return false;
    }

    private static boolean isOf(Collection<GlobalId> asked, Reply reply) {
        return reply instanceof Reply.States states && states.states().keySet().equals(new HashSet<>(asked));
    }

    private static boolean isAmong(Collection<GlobalId> asked, Reply reply) {
        return reply instanceof Reply.PreparedThere there && asked.containsAll(there.ids());
    }

    private static boolean isAbout(ParticipantId database, Reply reply) {
        return (reply instanceof Reply.NotHere notHere && notHere.database().equals(database))
                || (reply instanceof Reply.Away away && away.database().equals(database));
    }
}
