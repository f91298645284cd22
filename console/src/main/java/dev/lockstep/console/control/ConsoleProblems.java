package dev.lockstep.console.control;

import dev.lockstep.participant.observe.Reply;
import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.Problem;
import jakarta.json.Json;

/** The errors of the console; the OpenAPI document lists the same types. */
public final class ConsoleProblems {

    private ConsoleProblems() {}

    /**
     * The transaction is not known here, or not any more.
     *
     * @param globalId what was asked for
     * @return 404
     */
    public static Problem noSuchTransaction(String globalId) {
        return new Problem(
                "no-such-transaction",
                404,
                "No such transaction",
                "Transaction " + globalId + " is not among those that this instance remembers, nor is it prepared");
    }

    /**
     * The flow is not known here, or not any more.
     *
     * @param flow what was asked for
     * @return 404
     */
    public static Problem noSuchFlow(String flow) {
        return new Problem(
                "no-such-flow",
                404,
                "No such flow",
                "Flow " + HttpProblems.echo(flow) + " is not among those that this server remembers");
    }

    /**
     * An instruction was not followed.
     *
     * @param reply what the participant said
     * @return 409 if the branch stays as it is or has ended already, 503 if that is not known
     */
    public static Problem notSettled(Reply reply) {
        return switch (reply.outcome()) {
            case REFUSED -> problem("resolve-refused", 409, "Refused on this evidence", reply);
            case ALREADY_ENDED -> problem("branch-ended", 409, "The branch has ended already", reply);
            case NOT_ANSWERED -> problem("not-answered", 503, "No answer", reply);
            case SETTLED -> throw new IllegalArgumentException("No problem: " + reply);
        };
    }

    private static Problem problem(String type, int status, String title, Reply reply) {
        return new Problem(
                type,
                status,
                title,
                reply.because(),
                Json.createObjectBuilder()
                        .add("gid", reply.instruction().gid())
                        .add("participant", reply.instruction().participant())
                        .add("decision", reply.instruction().resolution().name())
                        .add("evidence", reply.evidence().name())
                        .build());
    }

    /**
     * The intent cannot be written down, so nothing was done.
     *
     * @param participant the database of the branch
     * @return 503
     */
    public static Problem notRecorded(String participant) {
        return new Problem(
                "not-recorded",
                503,
                "Not recorded",
                "The database " + participant + " does not take the record of it, so nothing was done");
    }
}
