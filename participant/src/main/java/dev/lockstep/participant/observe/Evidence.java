package dev.lockstep.participant.observe;

/** What is known of the decision about a prepared branch. It stands in the commit point's database, and nowhere else. */
public enum Evidence {
    /** The decision row is there: the transaction is committed, and so must be the branch. */
    COMMIT,
    /** The commit point was seen not prepared, and after that there was no decision row: the transaction is rolled back. */
    ROLLBACK,
    /** The commit point is still prepared: nothing is decided. */
    OPEN,
    /** The commit point's database does not answer, or no connection pool of this process leads there. */
    UNKNOWN
}
