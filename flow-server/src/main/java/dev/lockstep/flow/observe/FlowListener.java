package dev.lockstep.flow.observe;

/**
 * Hears every message of a flow. It is called by the thread that sends or answers, which waits for it: return soon. What it throws is
 * logged and otherwise ignored.
 */
@FunctionalInterface
public interface FlowListener {

    /**
     * Takes note of a message.
     *
     * @param event the message, not null
     */
    void onEvent(FlowEvent event);
}
