package dev.lockstep.flow.wire;

import dev.lockstep.flow.trust.Peers;
import dev.lockstep.flow.trust.Signatures;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.nio.transport.TCPNIOServerConnection;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.glassfish.grizzly.strategies.SameThreadIOStrategy;

/**
 * Listens for the protocol's messages, at the protocol address of this node's line in the peers file. Port and threads are its own: the
 * application's threads may all wait for the row that a {@code commit} would free.
 */
public final class WireListener implements AutoCloseable {

    /** The most connections at a time. */
    static final int CONNECTIONS_MAX = 256;

    private static final Logger LOG = System.getLogger(WireListener.class.getName());
    private static final int SELECTORS = 2;
    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "lockstep-flow-timer");
        thread.setDaemon(true);
        return thread;
    });
    private final Lanes lanes = new Lanes();
    private final Visitors visitors;
    private final TCPNIOTransport transport;
    private final TCPNIOServerConnection socket;

    /**
     * Opens the listener.
     *
     * @param peers who may ask; the own line tells where to listen
     * @param signatures of the protocol
     * @param inbox what answers
     * @param tls the server's certificate, needed for an address with https
     * @return the listener
     * @throws IOException if it cannot be opened there; says why
     */
    public static WireListener open(Peers peers, Signatures signatures, Inbox inbox, Tls tls) throws IOException {
        URI own = peers.self().protocol();
        boolean isSecure = own.getScheme().equals("https");
        int port = own.getPort() >= 0 ? own.getPort() : isSecure ? HTTPS_PORT : HTTP_PORT;
        String host = own.getHost().replaceAll("[\\[\\]]", "");
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new IOException("The flow's listener cannot open at " + own + ": the host is not known");
        }
        if (!isSecure && !address.getAddress().isLoopbackAddress()) {
            throw new IOException(
                    "The flow's listener does not open at " + own + " without TLS: it is no loopback address");
        }
        if (isSecure && tls.server().isEmpty()) {
            throw new IOException("The flow's listener cannot open at " + own + ": https needs " + Tls.KEYSTORE);
        }
        return new WireListener(address, isSecure, signatures, inbox, tls, Visitors.ARRIVAL_LIMIT, CONNECTIONS_MAX);
    }

    WireListener(
            InetSocketAddress address,
            boolean isSecure,
            Signatures signatures,
            Inbox inbox,
            Tls tls,
            Duration arrivalLimit,
            int connectionsMax)
            throws IOException {
        timer.setRemoveOnCancelPolicy(true);
        visitors = new Visitors(connectionsMax, arrivalLimit, timer);
        FilterChainBuilder chain =
                FilterChainBuilder.stateless().add(new TransportFilter()).add(visitors);
        if (isSecure) {
            chain.add(tls.server().orElseThrow());
        }
        chain.add(new HttpCodec()).add(new WireFilter(visitors, signatures, lanes, inbox));
        transport = TCPNIOTransportBuilder.newInstance()
                .setName("lockstep-flow")
                .setSelectorRunnersCount(SELECTORS)
                .setIOStrategy(SameThreadIOStrategy.getInstance())
                .setReuseAddress(true)
                .setTcpNoDelay(true)
                .setProcessor(chain.build())
                .build();
        try {
            socket = transport.bind(address);
            transport.start();
        } catch (IOException e) {
            close();
            throw new IOException("The flow's listener cannot open at " + address + ": " + e.getMessage(), e);
        }
        LOG.log(Level.INFO, "The flow''s listener is open at {0}", socket.getLocalAddress());
    }

    int port() {
        return ((InetSocketAddress) socket.getLocalAddress()).getPort();
    }

    int connections() {
        return visitors.count();
    }

    /** Cuts all connections; a message that is being answered gets no answer, which is no fact. */
    @Override
    public void close() {
        try {
            transport.shutdownNow();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The flow's listener does not close", e);
        }
        lanes.close();
        timer.shutdownNow();
    }
}
