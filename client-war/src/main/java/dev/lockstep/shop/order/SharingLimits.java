package dev.lockstep.shop.order;

import dev.lockstep.web.Variable;
import java.util.Map;

/**
 * How orders share commits.
 *
 * @param lanes so many commits are under way at once; 0 if each order has its own
 * @param waitingMax so many orders may wait for one
 */
public record SharingLimits(int lanes, int waitingMax) {

    private static final int LANES_DEFAULT = 2;
    private static final int LANES_MAX = 16;
    private static final int WAITING_DEFAULT = 1000;
    private static final int WAITING_MAX = 10_000;

    /**
     * Reads the settings.
     *
     * @param environment the process's environment
     * @return the limits
     * @throws IllegalArgumentException naming the variable, its value and the limit
     */
    public static SharingLimits of(Map<String, String> environment) {
        return new SharingLimits(
                Variable.of(environment, "LOCKSTEP_ORDER_LANES").number(LANES_DEFAULT, 0, LANES_MAX, "commits"),
                Variable.of(environment, "LOCKSTEP_ORDER_QUEUE_MAX").number(WAITING_DEFAULT, 1, WAITING_MAX, "orders"));
    }
}
