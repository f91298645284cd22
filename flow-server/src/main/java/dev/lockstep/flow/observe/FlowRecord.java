package dev.lockstep.flow.observe;

import java.util.List;

/**
 * What a server has recorded of a flow, or why that cannot be told.
 *
 * @param server its node name
 * @param events in the order in which they happened there; empty if they are missing
 * @param missing why there are none, for people; empty if there are
 */
public record FlowRecord(String server, List<RecordedEvent> events, String missing) {

    /** Takes a copy of the list. */
    public FlowRecord {
        events = List.copyOf(events);
    }

    /**
     * A server whose events cannot be had.
     *
     * @param server its node name
     * @param reason why, for people; not empty
     * @return its record, without any event
     */
    public static FlowRecord missing(String server, String reason) {
        return new FlowRecord(server, List.of(), reason);
    }
}
