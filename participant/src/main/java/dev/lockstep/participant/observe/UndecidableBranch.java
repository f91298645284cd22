package dev.lockstep.participant.observe;

/**
 * A prepared branch that this instance cannot settle and does not guess about.
 *
 * @param gid its name in {@code pg_prepared_xacts}
 * @param participant the database that holds it
 * @param reason why, and what is needed
 */
public record UndecidableBranch(String gid, String participant, String reason) {

    /**
     * One whose decision is known, but which the server will not end for us.
     *
     * @param gid its name in {@code pg_prepared_xacts}
     * @param participant the database that holds it
     * @param resolution how it is to be ended
     * @param words what the server says
     * @return it, with what is to be done
     */
    public static UndecidableBranch refused(String gid, String participant, Resolution resolution, String words) {
        return new UndecidableBranch(
                gid,
                participant,
                "the server refuses its " + resolution + " PREPARED: " + words + ". Its rows stay locked until "
                        + resolution
                        + " PREPARED '" + gid + "' is said in that database by the role that prepared it (owner in"
                        + " pg_prepared_xacts) or by a superuser");
    }
}
