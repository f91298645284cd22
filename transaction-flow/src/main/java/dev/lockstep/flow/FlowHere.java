package dev.lockstep.flow;

import dev.lockstep.flow.server.FlowServer;
import java.net.URI;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** This server's part in the flows, if its lib folder has the jars. Without them an application runs, too: nothing flows. */
final class FlowHere {

    /** Why no transaction flows, if none does. */
    static final String OFF =
            "this server has no peers file (LOCKSTEP_FLOW_PEERS_FILE), or not the flow-server in its lib folder";

    private static final boolean IS_PRESENT =
            isThere("dev.lockstep.flow.server.FlowServer") && isThere("dev.lockstep.participant.flow.Outcome");

    private FlowHere() {}

    /** {@return whether {@link #server} can be called} */
    static boolean isPresent() {
        return IS_PRESENT;
    }

    /** {@return this server's part in the flows} */
    static FlowServer server() {
        return FlowServer.here();
    }

    /** {@return whether transactions can flow to and from this server} */
    static boolean isOn() {
        return IS_PRESENT && server().isOn();
    }

    /** {@return whether an address is a peer's} */
    static boolean isPeer(URI address) {
        return isOn() && server().isPeer(address);
    }

    /**
     * Remembers the transaction of this thread, which is about to be committed.
     *
     * @return tells what is known of its outcome
     */
    static Supplier<Known> outcome() {
        if (!IS_PRESENT) {
            return () -> Known.NOTHING;
        }
        var outcome = server().outcome();
        return () -> switch (outcome.get()) {
            case COMMIT -> Known.COMMITTED;
            case ROLLBACK -> Known.ROLLED_BACK;
            case UNKNOWN -> Known.NOTHING;
        };
    }

    /** What is known of a transaction that the transaction manager has not told the outcome of. */
    enum Known {
        COMMITTED,
        ROLLED_BACK,
        NOTHING
    }

    /** {@return the application's name, for messages, and to tell its flows from those of others on this server} */
    @SuppressWarnings("BanJNDI") // a name of the specification, and nobody's input
    static String application() {
        try {
            return InitialContext.doLookup("java:app/AppName");
        } catch (NamingException e) {
            throw new IllegalStateException("The server does not tell the application's name, java:app/AppName", e);
        }
    }

    private static boolean isThere(String type) {
        try {
            Class.forName(type, false, FlowHere.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            System.getLogger(FlowHere.class.getName())
                    .log(System.Logger.Level.DEBUG, "The server has no " + type + ": no transaction can flow", e);
            return false;
        }
    }
}
