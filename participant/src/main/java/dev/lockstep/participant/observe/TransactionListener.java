package dev.lockstep.participant.observe;

/**
 * Hears every step. It is called by the thread that takes the step, which waits for it: return soon. What it throws is logged
 * and otherwise ignored, but for a {@link Veto}.
 *
 * <p>A listener registers by {@link Transactions#listen}, or by a file {@code META-INF/services} in a jar beside the participant's.
 */
@FunctionalInterface
public interface TransactionListener {

    /**
     * Takes note of a step.
     *
     * @param event the step, not null
     * @throws Veto to roll the transaction back, if the event is a {@linkplain TransactionEvent#isVote vote}
     */
    void onEvent(TransactionEvent event);
}
