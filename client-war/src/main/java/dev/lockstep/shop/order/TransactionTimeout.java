package dev.lockstep.shop.order;

import dev.lockstep.web.Variable;
import java.time.Duration;
import java.util.Map;

/** After how long Payara rolls an unfinished transaction back: the boot commands set it, by the same variable. */
public final class TransactionTimeout {

    private TransactionTimeout() {}

    /**
     * Reads the setting.
     *
     * @param environment the process's environment
     * @return 5 to 600 seconds; 30 if it is not set
     * @throws IllegalArgumentException naming the variable, its value and the limit
     */
    public static Duration of(Map<String, String> environment) {
        return Duration.ofSeconds(
                Variable.of(environment, "LOCKSTEP_TRANSACTION_TIMEOUT").number(30, 5, 600, "seconds"));
    }
}
