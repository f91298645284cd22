package dev.lockstep.launcher.payara;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.process.FreePort;
import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * A listener of the server for the launcher's questions, on loopback, with two threads of its own. The shop's threads may all wait for a
 * database, or for an order that somebody holds; that is no reason to restart the server. A server that does not answer here either, answers
 * nobody. Nothing else may ask here: two requests that wait would occupy both threads.
 *
 * @param port where it listens
 */
record SignOfLife(int port) {

    private static final String NAME = "sign-of-life";

    /**
     * One at a port that is free now, for a start that follows at once. Another server may take it before this one does.
     *
     * @param shop the shop's port, which may be free still
     * @return the listener to make
     * @throws StartException if none is free
     */
    static SignOfLife atFreePort(int shop) {
        return new SignOfLife(FreePort.beside(Set.of(shop), "Payara needs one for the launcher's questions"));
    }

    /** {@return the commands that make it, before the server boots} */
    List<String> bootCommands() {
        return List.of(
                "create-threadpool --minthreadpoolsize=1 --maxthreadpoolsize=2 " + NAME,
                "create-protocol " + NAME,
                "create-http --default-virtual-server=server " + NAME,
                "set configs.config.server-config.network-config.protocols.protocol." + NAME
                        + ".http.server-header=false",
                "create-network-listener --address=127.0.0.1 --listenerport=" + port + " --protocol=" + NAME
                        + " --threadpool=" + NAME + " " + NAME);
    }

    /** {@return what needs no database} */
    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/health/live");
    }
}
