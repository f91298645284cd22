package dev.lockstep.flow.registry;

import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.FlowEvent.Direction;
import dev.lockstep.flow.observe.FlowEvent.Kind;
import dev.lockstep.flow.observe.FlowEvent.Moment;
import dev.lockstep.flow.observe.FlowEvent.Result;
import dev.lockstep.flow.observe.ServerFlows;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Vote;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;

/**
 * Tells what happens between a flow's part here and one peer, in the log and to whoever listens.
 *
 * @param flow the flow here
 * @param handle the subordinate's
 * @param peer the other server, or empty
 */
record Story(Flow flow, String handle, String peer) {

    private static final Logger LOG = System.getLogger(Story.class.getName());

    void before(Kind kind, Direction direction, String detail) {
        tell(kind, direction, Moment.BEFORE, 0, Result.NONE, detail);
    }

    void after(Kind kind, Direction direction, Result result, String detail) {
        tell(kind, direction, Moment.AFTER, 0, result, detail);
    }

    void after(Kind kind, Direction direction, Reply reply) {
        after(kind, direction, resultOf(reply), detailOf(reply));
    }

    void tell(Kind kind, Direction direction, Moment moment, int call, Result result, String detail) {
        FlowEvent event = new FlowEvent(
                flow.id(), handle, flow.globalId(), peer, kind, direction, moment, call, result, detail, Instant.now());
        log(
                event.isFailure() || result == Result.NO ? Level.INFO : Level.DEBUG,
                kind + " " + direction + " " + moment + " " + result + " " + detail);
        ServerFlows.tell(event);
    }

    /** A line with flow, handle and peer. What was said in a flow of a peer is said again at DEBUG only: questions are repeated. */
    void log(Level level, String what) {
        Level heeded = level.getSeverity() > Level.DEBUG.getSeverity() && !flow.isNews(peer + ": " + what)
                ? Level.DEBUG
                : level;
        LOG.log(heeded, "flow={0} handle={1} peer={2}: {3}", flow.id(), handle, peer, what);
    }

    static Result resultOf(Outcome outcome) {
        return switch (outcome) {
            case COMMIT -> Result.COMMIT;
            case ROLLBACK -> Result.ROLLBACK;
            case UNKNOWN -> Result.UNKNOWN;
        };
    }

    private static Result resultOf(Reply reply) {
        if (reply instanceof Reply.Voted voted) {
            return voted.vote() instanceof Vote.Nothing ? Result.NOTHING : Result.PREPARED;
        }
        if (reply instanceof Reply.VotedNo) {
            return Result.NO;
        }
        if (reply instanceof Reply.Ended ended) {
            boolean isPending = ended.outcome() == Outcome.COMMIT && !ended.isDone();
            return isPending ? Result.COMMIT_PENDING : resultOf(ended.outcome());
        }
        return reply instanceof Reply.Unknown ? Result.UNKNOWN : Result.DONE;
    }

    private static String detailOf(Reply reply) {
        if (reply instanceof Reply.VotedNo no) {
            return no.reason();
        }
        return reply instanceof Reply.Unknown unknown ? unknown.reason() : "";
    }
}
