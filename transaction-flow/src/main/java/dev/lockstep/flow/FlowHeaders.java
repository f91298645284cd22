package dev.lockstep.flow;

import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** What of a request or an answer is the flow's. */
final class FlowHeaders {

    /** What each of the flow's headers begins with, the signature's too. */
    private static final String PREFIX = "lockstep-";

    private static final String FLOW_PREFIX = PREFIX + "flow";

    private FlowHeaders() {}

    /**
     * Tells whether a header says that there is a flow.
     *
     * @param name the header's name, in any case
     * @return whether it does
     */
    static boolean isFlow(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith(FLOW_PREFIX);
    }

    /**
     * Finds the flow's headers.
     *
     * @param names of all headers
     * @param value tells a header's value; several of one name are one value with commas, which nobody has signed
     * @return those whose name begins with {@code Lockstep-}, by their names in lower case
     */
    static Map<String, String> of(Collection<String> names, UnaryOperator<String> value) {
        Map<String, String> headers = new TreeMap<>();
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.startsWith(PREFIX)) {
                headers.put(lower, value.apply(name));
            }
        }
        return headers;
    }

    /**
     * Tells what is signed of an address.
     *
     * @param address where a request goes, or came
     * @return its path and query, as on the request line
     */
    static String pathAndQuery(URI address) {
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return address.getRawQuery() == null ? path : path + "?" + address.getRawQuery();
    }
}
