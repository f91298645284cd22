package dev.lockstep.shop.services.local;

import java.util.List;
import java.util.Map;

/** The settings that say where the services are have no place where they are in the shop's own server. */
public final class ServicesHere {

    private ServicesHere() {}

    /**
     * Requires that nothing says otherwise.
     *
     * @param environment the process's environment
     * @throws IllegalArgumentException naming the setting and its value
     */
    public static void require(Map<String, String> environment) {
        for (String variable : List.of("LOCKSTEP_PRODUCT_URL", "LOCKSTEP_ORDER_URL")) {
            String value = environment.getOrDefault(variable, "");
            if (!value.isEmpty()) {
                throw new IllegalArgumentException(variable + "=" + value
                        + " must not be set: this shop has its services in it; client-remote.war asks others");
            }
        }
    }
}
