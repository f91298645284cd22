package dev.lockstep.flow.registry;

import dev.lockstep.flow.server.FlowRefusedException;
import dev.lockstep.flow.server.FlowServer;
import dev.lockstep.flow.settings.FlowSettings;
import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.trust.Peers;
import dev.lockstep.flow.trust.Signatures;
import jakarta.transaction.Transaction;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.transaction.xa.XAResource;

/** A server of a test: its transaction manager, its database if it has one, its part in the flows, and a thread for calls. */
final class Server implements AutoCloseable {

    private static final byte[] DIGEST = Signatures.digest(new byte[0]);

    private final String name;
    private final int port;
    private final Peers peers;
    private final MemoryNet net;
    private final FlowSettings settings;
    private final Optional<MemoryDatabase> database;
    private final ExecutorService http = Executors.newCachedThreadPool();
    private volatile int epoch;
    private volatile boolean isDown;
    private volatile JtsInOrder manager;
    private volatile MemoryFlows flows;
    private volatile Node node;

    /** What a call does there, on its thread. */
    interface Work {
        void run() throws Exception;
    }

    Server(String name, int port, Path file, MemoryNet net, FlowSettings settings, Optional<MemoryDatabase> database)
            throws Exception {
        this.name = name;
        this.port = port;
        this.peers = Peers.open(file, name);
        this.net = net;
        this.settings = settings;
        this.database = database;
        start();
        net.add(this);
    }

    void start() {
        int mine = epoch + 1;
        epoch = mine;
        manager = new JtsInOrder(name, mine);
        flows = new MemoryFlows(database);
        node = new Node(
                new Here(
                        settings,
                        peers,
                        flows,
                        manager,
                        manager.synchronizations(),
                        net.outbox(name, () -> !isDown && epoch == mine),
                        new Workers()),
                inbox -> () -> {});
        isDown = false;
    }

    /** The process is gone: nothing that it had begun does anything any more. */
    void kill() {
        isDown = true;
        flows.kill();
    }

    String name() {
        return name;
    }

    boolean isDown() {
        return isDown;
    }

    Node node() {
        return node;
    }

    MemoryFlows flows() {
        return flows;
    }

    MemoryDatabase database() {
        return database.orElseThrow();
    }

    JtsInOrder manager() {
        return manager;
    }

    Peers peers() {
        return peers;
    }

    Peer peer(String other) {
        return peers.named(other).orElseThrow();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port + "/work");
    }

    void write(String work) throws Exception {
        enlist(flows.writing(work));
    }

    void read() throws Exception {
        enlist(flows.reading());
    }

    void enlist(XAResource resource) throws Exception {
        Transaction transaction = manager.getTransaction();
        transaction.enlistResource(resource);
    }

    /** Calls another server within this thread's transaction. */
    int call(Server to, Work work) throws Exception {
        return call(to, 200, work);
    }

    int call(Server to, int status, Work work) throws Exception {
        FlowServer.OutgoingCall call = node.call(to.address()).orElseThrow();
        Map<String, String> headers = call.headers("POST", "/work", DIGEST);
        try {
            call.answered(status, to.serve(headers, status, work));
            return status;
        } catch (FlowRefusedException e) {
            call.answered(e.status(), Map.of());
            return e.status();
        }
    }

    /** What the call's filter does, on a thread of this server. */
    Map<String, String> serve(Map<String, String> headers, int status, Work work) throws Exception {
        try {
            return http.submit(() -> {
                        FlowServer.WorkCall call = node.enter(request(headers));
                        try {
                            work.run();
                        } catch (Exception | Error e) {
                            call.leave(500);
                            throw e;
                        }
                        return lower(call.leave(status));
                    })
                    .get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    static FlowServer.WorkRequest request(Map<String, String> headers) {
        return new FlowServer.WorkRequest("POST", "/work", lower(headers), DIGEST, "shop");
    }

    static Map<String, String> lower(Map<String, String> headers) {
        Map<String, String> lower = new HashMap<>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return Collections.unmodifiableMap(lower);
    }

    @Override
    public void close() {
        http.shutdownNow();
        node.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
