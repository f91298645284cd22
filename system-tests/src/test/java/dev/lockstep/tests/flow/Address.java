package dev.lockstep.tests.flow;

import dev.lockstep.tests.FreePorts;
import java.net.URI;

/**
 * Where a machine listens, or seems to.
 *
 * @param applicationPort of its applications
 * @param protocolPort of the flows' protocol
 */
record Address(int applicationPort, int protocolPort) {

    static Address free() {
        return new Address(FreePorts.one(), FreePorts.one());
    }

    URI application() {
        return URI.create("http://127.0.0.1:" + applicationPort + "/");
    }

    URI protocol() {
        return URI.create("http://127.0.0.1:" + protocolPort + "/");
    }
}
