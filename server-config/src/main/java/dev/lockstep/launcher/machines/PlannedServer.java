package dev.lockstep.launcher.machines;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * A server of a plan.
 *
 * @param name also its name in transactions, and among its peers
 * @param archive the file that is deployed, in the distribution
 * @param database the name of its database, if it has one
 * @param applicationPort 0: a free one
 * @param protocolPort 0: a free one
 */
record PlannedServer(String name, String archive, Optional<String> database, int applicationPort, int protocolPort) {

    /** The same on these ports. */
    PlannedServer at(int application, int protocol) {
        return new PlannedServer(name, archive, database, application, protocol);
    }

    URI application() {
        return loopback(applicationPort);
    }

    URI protocol() {
        return loopback(protocolPort);
    }

    /** The variable by which the others know its address. */
    String addressVariable() {
        return "LOCKSTEP_" + name.toUpperCase(Locale.ROOT) + "_URL";
    }

    private static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
