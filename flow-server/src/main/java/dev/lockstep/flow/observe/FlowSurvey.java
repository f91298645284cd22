package dev.lockstep.flow.observe;

import java.util.List;

/**
 * One look at this server's flows.
 *
 * @param server its node name; empty if no transaction can flow, since there is no peers file
 * @param flows those that are not over here
 * @param tombstones how many flows are remembered though they are over here, so that late work of theirs is refused
 * @param peers all peers, in the order of the peers file
 * @param counters what was counted since the start
 */
public record FlowSurvey(
        String server, List<OpenFlow> flows, int tombstones, List<PeerContact> peers, FlowCounters counters) {

    /** Takes copies of the lists. */
    public FlowSurvey {
        flows = List.copyOf(flows);
        peers = List.copyOf(peers);
    }

    /** {@return whether transactions can flow} */
    public boolean isOn() {
        return !server.isEmpty();
    }
}
