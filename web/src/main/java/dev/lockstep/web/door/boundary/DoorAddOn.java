package dev.lockstep.web.door.boundary;

import java.util.function.Consumer;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.http.server.AddOn;
import org.glassfish.grizzly.http.server.NetworkListener;

/** What Payara asks, in place of its add-on for WebSocket, to complete a listener that it makes. Public, as Payara calls it by reflection. */
public final class DoorAddOn implements AddOn {

    private final Consumer<FilterChainBuilder> hanging;

    /**
     * An add-on.
     *
     * @param hanging puts the door into a listener's filters
     */
    DoorAddOn(Consumer<FilterChainBuilder> hanging) {
        this.hanging = hanging;
    }

    @Override
    public void setup(NetworkListener none, FilterChainBuilder filters) {
        hanging.accept(filters);
    }

    /**
     * Does nothing: there are no WebSockets.
     *
     * @param timeout theirs
     */
    public void setTimeoutInSeconds(long timeout) {
        // Payara warns if the method is not there.
    }
}
