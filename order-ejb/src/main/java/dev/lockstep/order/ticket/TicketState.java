package dev.lockstep.order.ticket;

/** What has become of a ticket. */
public enum TicketState {
    /** It waits for its number to be called. */
    WAITING,
    /** Its order is written. */
    READY,
    /** There is nothing for it, and it tells why. */
    SOLD_OUT,
    /** It failed for a reason of its own as often as it may; an operator decides. */
    FAILED;

    /** {@return whether nothing more will happen} */
    public boolean isFinal() {
        return this == READY || this == SOLD_OUT;
    }
}
