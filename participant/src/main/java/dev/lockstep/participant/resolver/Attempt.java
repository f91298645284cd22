package dev.lockstep.participant.resolver;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.branch.Role;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.SqlFailure;
import dev.lockstep.participant.observe.BranchInDoubt;
import dev.lockstep.participant.observe.Evidence;
import dev.lockstep.participant.observe.Instruction;
import dev.lockstep.participant.observe.Reply;
import dev.lockstep.participant.observe.Reply.Outcome;
import dev.lockstep.participant.transaction.LocalTransactions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An instruction being followed: the evidence is read anew, then the branch is ended, or not.
 *
 * @param local knows what lives here
 * @param sessions the connections
 * @param instruction what an operator wants
 * @param branch the branch it is about
 */
record Attempt(LocalTransactions local, Sessions sessions, Instruction instruction, BranchId branch) {

    /**
     * Follows it.
     *
     * @param databases all of the name in the instruction, at least one: names are for people, and two may bear the same
     * @return what became of it
     */
    Reply in(List<ParticipantDatabase> databases) {
        try {
            for (ParticipantDatabase database : databases) {
                Optional<BranchInDoubt> seen = look(database).at(branch);
                if (seen.isPresent()) {
                    return isAllowed(seen.get()) ? end(database, seen.get()) : refuse(seen.get());
                }
            }
            return alreadyEnded(databases.get(0));
        } catch (SQLException e) {
            String silence = instruction.participant() + " does not answer: " + e.getMessage();
            return new Reply(instruction, Outcome.NOT_ANSWERED, Evidence.UNKNOWN, false, silence);
        }
    }

    private Look look(ParticipantDatabase database) {
        return new Look(local, sessions, database);
    }

    private boolean isAllowed(BranchInDoubt seen) {
        return seen.permitted().contains(instruction.resolution()) || (isGuess(seen) && !isUnderWayHere());
    }

    private boolean isGuess(BranchInDoubt seen) {
        return seen.evidence() == Evidence.UNKNOWN && instruction.isHeuristic();
    }

    /** Then it is about to be decided, or being decided; it ends within the transaction's time limit. */
    private boolean isUnderWayHere() {
        return local.isLiving(branch);
    }

    private Reply end(ParticipantDatabase database, BranchInDoubt seen) {
        String byWhom = (isGuess(seen) ? "HEURISTIC by " : "by ")
                + instruction.operator()
                + (instruction.reason().isEmpty() ? "" : " (" + instruction.reason() + ")");
        try {
            // A refusal is told in the reply, the list is of no use.
            Optional<SQLException> refusal = new Settlement(sessions, database, new ArrayList<>())
                    .end(branch, instruction.resolution(), byWhom + ": " + seen.because());
            return refusal.isEmpty()
                    ? reply(Outcome.SETTLED, seen, seen.because())
                    : notEnded(database, seen, refusal.get());
        } catch (SQLException e) {
            return reply(
                    Outcome.NOT_ANSWERED,
                    seen,
                    "no answer to " + instruction.resolution() + " PREPARED from " + database + ", it may be done: "
                            + e.getMessage());
        }
    }

    private Reply notEnded(ParticipantDatabase database, BranchInDoubt seen, SQLException refusal) {
        return switch (SqlFailure.of(refusal)) {
            case NOT_THERE -> alreadyEnded(database);
            case REFUSED -> reply(Outcome.REFUSED, seen, "the server refuses it: " + refusal.getMessage());
            case NO_ANSWER -> reply(Outcome.NOT_ANSWERED, seen, refusal.getMessage());
        };
    }

    /** A missing row tells nothing for certain here: the decision may have been carried out everywhere and forgotten. */
    private Reply alreadyEnded(ParticipantDatabase database) {
        Verdict verdict = look(database).asked(branch);
        boolean isForgettable = verdict.evidence() == Evidence.ROLLBACK;
        String ending = "already ended: it is not prepared in " + instruction.participant() + " any more; "
                + verdict.because()
                + (isForgettable ? ": it was rolled back, or committed and the decision is forgotten" : "");
        return new Reply(
                instruction,
                Outcome.ALREADY_ENDED,
                isForgettable ? Evidence.UNKNOWN : verdict.evidence(),
                false,
                ending);
    }

    private Reply refuse(BranchInDoubt seen) {
        return reply(Outcome.REFUSED, seen, objection(seen) + ": " + seen.because());
    }

    private String objection(BranchInDoubt seen) {
        if (branch.role() == Role.COMMIT_POINT) {
            return "only the coordinator that has decided to commit it may commit a commit point; a rollback is allowed";
        }
        return switch (seen.evidence()) {
            case COMMIT, ROLLBACK -> instruction.resolution() + " contradicts the evidence " + seen.evidence();
            case OPEN ->
                "settle its commit point first, "
                        + new BranchId(branch.global(), Role.COMMIT_POINT, 0, branch.commitPoint()).gid() + " in "
                        + branch.commitPoint().name();
            case UNKNOWN ->
                instruction.isHeuristic()
                        ? "no guess while its transaction is under way in this process, which ends it by itself"
                        : "the decision is not known, and a guess must be called a heuristic";
        };
    }

    private Reply reply(Outcome outcome, BranchInDoubt seen, String because) {
        return new Reply(instruction, outcome, seen.evidence(), outcome != Outcome.REFUSED && isGuess(seen), because);
    }
}
