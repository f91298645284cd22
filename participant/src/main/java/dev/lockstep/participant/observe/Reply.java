package dev.lockstep.participant.observe;

/**
 * What became of an {@link Instruction}.
 *
 * @param instruction what was to be done
 * @param outcome whether it was
 * @param evidence what was known of the decision just before
 * @param isHeuristic whether the branch was ended on a guess, or may be
 * @param because the evidence, or the reason why not, in one sentence with all values, in English
 */
public record Reply(Instruction instruction, Outcome outcome, Evidence evidence, boolean isHeuristic, String because) {

    /** Whether it was done. */
    public enum Outcome {
        /** The branch was ended as instructed. */
        SETTLED,
        /** Nothing was done, since it contradicts the evidence, or the database server refuses it for good. */
        REFUSED,
        /** The branch is not prepared any more: somebody else was first. */
        ALREADY_ENDED,
        /** No answer, or another session is just ending the branch: look again. It may have been done, or may be yet. */
        NOT_ANSWERED
    }
}
