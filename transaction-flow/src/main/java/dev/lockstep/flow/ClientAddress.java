package dev.lockstep.flow;

import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** Where a typed client calls, as MicroProfile REST Client finds it. Only this class needs MicroProfile, and is loaded if there is such a client. */
final class ClientAddress {

    private ClientAddress() {}

    /**
     * Looks the base address up.
     *
     * @param contract the client's interface
     * @return the address, or empty if there is none
     */
    static Optional<String> of(Class<?> contract) {
        Optional<RegisterRestClient> registered = Optional.ofNullable(contract.getAnnotation(RegisterRestClient.class));
        Config config = ConfigProvider.getConfig();
        return Stream.concat(Stream.of(contract.getName()), registered.map(RegisterRestClient::configKey).stream())
                .filter(key -> !key.isEmpty())
                .flatMap(key -> Stream.of(key + "/mp-rest/uri", key + "/mp-rest/url"))
                .map(name -> config.getOptionalValue(name, String.class))
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> registered.map(RegisterRestClient::baseUri).filter(address -> !address.isEmpty()));
    }
}
