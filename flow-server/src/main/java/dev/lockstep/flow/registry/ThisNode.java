package dev.lockstep.flow.registry;

import dev.lockstep.flow.server.FlowRefusedException;
import dev.lockstep.flow.server.FlowServer;
import dev.lockstep.flow.settings.FlowSettings;
import dev.lockstep.flow.trust.Peers;
import dev.lockstep.flow.trust.Signatures;
import dev.lockstep.flow.wire.Tls;
import dev.lockstep.flow.wire.WireClient;
import dev.lockstep.flow.wire.WireListener;
import dev.lockstep.participant.FlowParticipant;
import dev.lockstep.participant.flow.Outcome;
import jakarta.transaction.TransactionManager;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** This server's part in the flows, as the environment sets it. It is made when the first application with flows is deployed. */
public final class ThisNode implements FlowServer {

    private static final String TRANSACTION_MANAGER = "java:appserver/TransactionManager";
    private static final String SYNCHRONIZATIONS = "java:appserver/TransactionSynchronizationRegistry";

    private final Map<String, String> environment;
    private Node node;

    /** For {@link java.util.ServiceLoader}. */
    public ThisNode() {
        this(System.getenv());
    }

    ThisNode(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public boolean isOn() {
        return !environment.getOrDefault(Peers.FILE, "").isEmpty();
    }

    @Override
    public AutoCloseable deployed(String application) {
        return isOn() ? made().deployed(application) : () -> {};
    }

    private synchronized Node made() {
        if (node == null) {
            node = make();
        }
        return node;
    }

    @SuppressWarnings("BanJNDI") // the names are constants, and local
    private Node make() {
        try {
            Peers peers = Peers.from(environment).orElseThrow();
            Tls tls = Tls.from(environment);
            Signatures signatures = Signatures.ofProtocol(peers, Clock.systemUTC());
            TransactionManager manager = InitialContext.doLookup(TRANSACTION_MANAGER);
            Here here = new Here(
                    FlowSettings.from(environment),
                    peers,
                    FlowParticipant.ofThisJvm(),
                    manager,
                    InitialContext.doLookup(SYNCHRONIZATIONS),
                    new WireClient(signatures, tls),
                    new Workers());
            return new Node(here, inbox -> WireListener.open(peers, signatures, inbox, tls));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("Transactions cannot flow: " + e.getMessage(), e);
        } catch (NamingException e) {
            throw new IllegalStateException("Transactions cannot flow: this server has no " + e.getMessage(), e);
        }
    }

    @Override
    public WorkCall enter(WorkRequest request) throws FlowRefusedException {
        if (!isOn()) {
            throw new FlowRefusedException(
                    400, "flow-not-understood", "no transaction can flow to this server: it has no peers file");
        }
        return made().enter(request);
    }

    @Override
    public Optional<OutgoingCall> call(URI target) throws FlowRefusedException {
        if (!isOn()) {
            throw new FlowRefusedException(
                    409,
                    "flow-refused",
                    "no transaction can flow from this server: it has no peers file (" + Peers.FILE + ")");
        }
        return made().call(target);
    }

    @Override
    public Supplier<Outcome> outcome() {
        return isOn() ? made().outcome() : () -> Outcome.UNKNOWN;
    }

    @Override
    public boolean isPeer(URI target) {
        return isOn() && made().isPeer(target);
    }
}
