package dev.lockstep.web.door.control;

import dev.lockstep.web.Variable;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names by which this server may be asked. A page of another site can give its own name this server's address (DNS rebinding) and then
 * read here as if it were ours; but it cannot change the name in {@code Host}.
 *
 * @param address where the server listens
 * @param names those of the setting, in lower case; never null
 */
public record HostNames(String address, Set<String> names) {

    private static final String SETTING = "LOCKSTEP_HOST_NAMES";
    private static final String ADDRESS = "LOCKSTEP_HTTP_ADDRESS";

    private static final Pattern ADDRESSES = Pattern.compile("[A-Za-z0-9.:-]{0,253}");

    /** With blanks between them, too. */
    private static final Pattern NAMES =
            Pattern.compile(" *(([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}]) *(, *(?!$)|$))*");

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|(\\[)?::1(])?");
    private static final Pattern HOST = Pattern.compile("(?<name>\\[[^\\]]*]|[^:]*)(:[0-9]*)?");

    /**
     * Reads the settings.
     *
     * @param environment the process's environment
     * @return the names
     * @throws IllegalArgumentException naming the variable, its value and the limit
     */
    public static HostNames of(Map<String, String> environment) {
        String address = Variable.of(environment, ADDRESS)
                .matching(ADDRESSES, "an IP address or a host name of at most 253 characters");
        String names = Variable.of(environment, SETTING)
                .matching(NAMES, "host names or addresses without ports, separated by commas");
        return new HostNames(
                address.isEmpty() ? "127.0.0.1" : address,
                Arrays.stream(names.split(",", -1))
                        .map(name -> name.strip().toLowerCase(Locale.ROOT))
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /**
     * Judges a request. Who comes over the loopback interface may use its names, whatever else the server listens on: the launcher does, and
     * no other site's name is one of them.
     *
     * @param host the value of {@code Host}
     * @param isFromHere whether the connection came over the loopback interface
     * @return whether it may be served
     */
    public boolean admit(String host, boolean isFromHere) {
        if (isForAll()) {
            return true;
        }
        var parts = HOST.matcher(host);
        if (!parts.matches()) {
            return false;
        }
        String name = parts.group("name").toLowerCase(Locale.ROOT);
        return names.contains(name) || (isFromHere && LOOPBACK.matcher(name).matches());
    }

    /** {@return what is doubtful about the settings, if anything is} */
    public Optional<String> doubt() {
        return isForAll()
                ? Optional.of(ADDRESS + "=" + address + " is no loopback address and " + SETTING
                        + " is not set, so every name is"
                        + " taken for this server's, also one that another site's page gives it (DNS rebinding); set "
                        + SETTING + " to the names that browsers use")
                : Optional.empty();
    }

    private boolean isForAll() {
        return names.isEmpty() && !LOOPBACK.matcher(address).matches();
    }
}
