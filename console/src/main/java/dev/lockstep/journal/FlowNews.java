package dev.lockstep.journal;

import dev.lockstep.participant.observe.Subject;
import java.time.Instant;
import java.util.List;

/**
 * A message between two servers of a flow is about to be sent or answered; or a server has done something by itself. The journal knows no more
 * of flows than that.
 *
 * @param flow its public id
 * @param server this server's name among its peers
 * @param handle the subordinate's transaction that it is about; perhaps empty
 * @param globalId this server's transaction; empty if it is not known yet
 * @param message what is known of the message now: it has an end if its answer has come, or will not
 * @param subjects what the application has said until now that the transaction is about
 */
public record FlowNews(
        String flow, String server, String handle, String globalId, Message message, List<Subject> subjects) {

    /** Takes a copy of the subjects. */
    public FlowNews {
        subjects = List.copyOf(subjects);
    }

    /** {@return when it happened} */
    Instant time() {
        return message.to() == null ? message.from() : message.to();
    }
}
