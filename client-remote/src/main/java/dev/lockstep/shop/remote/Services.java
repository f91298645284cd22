package dev.lockstep.shop.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where the two services are.
 *
 * @param product the product service's server
 * @param order the order service's server
 */
record Services(URI product, URI order) {

    static final String PRODUCT = "LOCKSTEP_PRODUCT_URL";
    static final String ORDER = "LOCKSTEP_ORDER_URL";

    /**
     * Reads the settings.
     *
     * @param environment the process's environment
     * @throws IllegalArgumentException naming each that is missing or no address
     */
    static Services from(Map<String, String> environment) {
        List<String> faults = new ArrayList<>();
        Services services = new Services(address(environment, PRODUCT, faults), address(environment, ORDER, faults));
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        return services;
    }

    private static URI address(Map<String, String> environment, String variable, List<String> faults) {
        String text = environment.getOrDefault(variable, "");
        try {
            URI address = new URI(text);
            if (address.getHost() != null && String.valueOf(address.getScheme()).matches("https?")) {
                return address;
            }
        } catch (URISyntaxException e) {
            faults.add(variable + "=" + text + " must be a URL with http or https: " + e.getReason());
            return URI.create("");
        }
        faults.add(
                text.isEmpty()
                        ? variable + " is not set: this shop has no database, so " + PRODUCT + " and " + ORDER
                                + " must both tell where the services are"
                        : variable + "=" + text + " must be a URL with http or https");
        return URI.create("");
    }
}
