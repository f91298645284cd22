package dev.lockstep.participant.observe;

/** The prepared branches: what is known of them, and a hand to end them. {@link Transactions#inDoubt} has it. Thread-safe. */
public interface InDoubt {

    /**
     * Looks at all databases that this process knows. Takes a few milliseconds, and as long as the pools' {@code answerTimeoutSeconds}
     * for each database that is away.
     *
     * @return what is prepared there
     */
    Survey survey();

    /**
     * Ends a branch by hand. The evidence is read anew just before, and what contradicts it is refused:
     *
     * <ul>
     *   <li>A commit point may always be rolled back; if that wins, it is the decision. It may be committed only if this very process
     *       coordinated its transaction, decided to commit it, and got no answer.
     *   <li>A follower must wait while its commit point is prepared: that one is to be settled first.
     *   <li>A follower of an ended commit point may be ended as that was: {@link Evidence#COMMIT} or {@link Evidence#ROLLBACK}.
     *   <li>A follower of which nothing is known ({@link Evidence#UNKNOWN}) may be ended either way, if the instruction says that it is a
     *       heuristic, and if its transaction is not just under way in this process.
     * </ul>
     *
     * <p>It is told as the resolver's doings are: an event {@link TransactionEvent.Kind#RESOLVE}, and a line in the log.
     *
     * @param instruction what to do, not null
     * @return what became of it
     */
    Reply settle(Instruction instruction);
}
