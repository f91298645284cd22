package dev.lockstep.participant.flow;

import javax.transaction.xa.XAException;

/** A server that was called, as a branch of a transaction here. Thread-safe. */
public interface SubordinateBranch {

    /**
     * Tells what to ask the server for: the first that votes yes holds the commit point, those after it follow.
     *
     * @return the order
     * @throws XAException XA_RBROLLBACK if the transaction can only be rolled back, or the server's path would be too long; XA_RBPROTO if
     *     what was enlisted before has not voted
     */
    Order order() throws XAException;

    /**
     * The server's vote has arrived.
     *
     * @param vote what it was; a Prepared of a holder makes it this transaction's commit point
     * @throws XAException XA_RBPROTO if it is not an answer to the order, or names a database that the server has not named; then the
     *     transaction can only be rolled back
     */
    void voted(Vote vote) throws XAException;

    /** The work there has failed, or its answer is missing: the transaction can only be rolled back (F2). */
    void doubted();

    /**
     * COMMIT is about to be sent to the holder, and may be carried out however late.
     *
     * @throws XAException XAER_PROTO if this transaction is itself a part whose superior has not said so (F5), or the server does not hold
     *     the commit point
     */
    void committing() throws XAException;

    /**
     * Learns the decision.
     *
     * @param learned what the holder said
     * @return what is known
     */
    Outcome learn(Outcome learned);

    /** {@return what the commit point's database says, through a pool or a peer; UNKNOWN if nobody answers (F6)} */
    Outcome ask();

    /** {@return what is known of the decision} */
    Outcome outcome();

    /** {@return whether the server holds the commit point} */
    boolean isHolder();

    /**
     * Tells what the holder may do with its decision, when JTS's commit has returned.
     *
     * @return whether everything of this transaction is done, here and at every server called: then the holder may forget without a look
     */
    boolean isAllDone();

    /**
     * The server calls back, which works in the transaction on a thread of its own. As long as it does, whoever rolls work back closes its
     * connection, too: else the next statement there would be committed by itself.
     *
     * @param isAtWork whether it comes; else it leaves
     */
    void calledBack(boolean isAtWork);

    /**
     * JTS has been told this branch's last word, be it a vote of no or that {@link #order} failed.
     *
     * @param isDone whether the server has said that everything there is done
     */
    void over(boolean isDone);

    /** The server has said later, when {@link #over} was called, that everything there is done. */
    void done();
}
