package dev.lockstep.flow.wire;

import dev.lockstep.flow.observe.RecordedEvent;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.DecisionState;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Vote;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A signed answer of the protocol: a fact. Whatever else comes back, or nothing, is {@link NoAnswerException}: no fact. */
public sealed interface Reply {

    /**
     * To {@link Message.Prepare}: yes, or nothing was written.
     *
     * @param vote which
     */
    record Voted(Vote vote) implements Reply {}

    /**
     * To {@link Message.Prepare}: no, and all is rolled back there.
     *
     * @param reason for people
     */
    record VotedNo(String reason) implements Reply {}

    /**
     * The handle or the flow is not known, or not any more: no to prepare, no fact for commit.
     *
     * @param reason for people
     */
    record Unknown(String reason) implements Reply {}

    /**
     * To {@link Message.Commit}.
     *
     * @param outcome COMMIT and ROLLBACK are facts
     * @param isDone whether everything there is carried out, and at those it called
     */
    record Ended(Outcome outcome, boolean isDone) implements Reply {}

    /** To {@link Message.Rollback} and {@link Message.Forget}: heard. */
    record Heard() implements Reply {}

    /**
     * To {@link Message.Alive}.
     *
     * @param isUndecided whether the flow lives there and may still be committed
     */
    record Living(boolean isUndecided) implements Reply {}

    /**
     * To {@link Message.Decisions}.
     *
     * @param states of each id
     */
    record States(Map<GlobalId, DecisionState> states) implements Reply {}

    /**
     * To {@link Message.Prepared}.
     *
     * @param ids those of which something is prepared there
     */
    record PreparedThere(Set<GlobalId> ids) implements Reply {}

    /**
     * To a question about a database: no pool of this server leads there.
     *
     * @param database which
     */
    record NotHere(ParticipantId database) implements Reply {}

    /**
     * To a question about a database: it does not answer.
     *
     * @param database which
     * @param reason for people
     */
    record Away(ParticipantId database, String reason) implements Reply {}

    /**
     * To {@link Message.Events}: the next few.
     *
     * @param events in the order in which they happened there; at most {@link #EVENTS_MAX}
     * @param areMore whether more follow
     */
    record Recorded(List<RecordedEvent> events, boolean areMore) implements Reply {

        /** With each at its largest, so many fit into one body. */
        public static final int EVENTS_MAX = 16;

        /** Takes a copy of the list. */
        public Recorded {
            events = List.copyOf(events);
        }
    }
}
