package dev.lockstep.participant.observe;

/**
 * A listener's vote of no. Thrown by {@link TransactionListener#onEvent} at {@link TransactionEvent#isVote() the yes of a branch}, it
 * makes that branch vote no after all: the whole transaction rolls back, whatever dies meanwhile, and its {@code commit()} says so.
 *
 * <p>Until the last branch has voted nothing is decided, and afterwards there is nothing to veto. Thrown at any other event it is what
 * any exception is there: logged, and without effect. A transaction of one branch is committed in one phase, so it has no vote.
 */
public final class Veto extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * A veto.
     *
     * @param reason why, for the log; not null
     */
    public Veto(String reason) {
        super(reason);
    }
}
