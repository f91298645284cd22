package dev.lockstep.flow.observe;

import java.util.List;

/** What answers for this server's flows. {@link ServerFlows#answer} takes it. Thread-safe, and waits for nobody. */
public interface FlowsHere {

    /** Before the flows are switched on. */
    FlowsHere NONE = new FlowsHere() {
        @Override
        public String server() {
            return "";
        }

        @Override
        public List<String> peers() {
            return List.of();
        }

        @Override
        public List<OpenFlow> open() {
            return List.of();
        }
    };

    /** {@return this server's node name; empty if there is no peers file} */
    String server();

    /** {@return the names of the peers, from the peers file} */
    List<String> peers();

    /** {@return the flows that are not over here, the oldest first} */
    List<OpenFlow> open();

    /** {@return how many flows are remembered though they are over here, so that late work of theirs is refused} */
    default int tombstones() {
        return 0;
    }
}
