package dev.lockstep.participant.observe;

/**
 * What an operator wants to be done with a prepared branch.
 *
 * @param gid its name in {@code pg_prepared_xacts}
 * @param participant the database that holds it
 * @param resolution how to end it
 * @param isHeuristic whether to guess where the evidence is {@link Evidence#UNKNOWN}, which may split the databases for good; without
 *     effect on any other evidence
 * @param operator who wants it, for the log; not blank
 * @param reason why, for the log; perhaps empty
 */
public record Instruction(
        String gid, String participant, Resolution resolution, boolean isHeuristic, String operator, String reason) {

    /**
     * Makes each text fit into one line of a log.
     *
     * @throws IllegalArgumentException if nobody is named
     */
    public Instruction {
        operator = line(operator);
        reason = line(reason);
        if (operator.isEmpty()) {
            throw new IllegalArgumentException("Who settles the branch " + gid + "? operator is blank");
        }
    }

    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
    }
}
