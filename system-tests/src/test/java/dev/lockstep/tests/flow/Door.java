package dev.lockstep.tests.flow;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One port of a {@link Link}: takes requests, and gives each to the link, which may deliver it at the port that this one stands for. */
final class Door implements Closeable {

    private static final int BACKLOG = 100;

    private final ServerSocket socket;
    private final int target;
    private final Link link;
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    Door(int port, int target, Link link) {
        this.target = target;
        this.link = link;
        try {
            socket = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept, "door " + port + " to " + target);
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Resets all connections of clients. */
    void reset() {
        clients.forEach(Door::reset);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                clients.add(client);
                daemon(() -> serve(client), "through door " + port());
            } catch (IOException e) {
                if (socket.isClosed()) {
                    return;
                }
            }
        }
    }

    private void serve(Socket client) {
        try {
            client.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(client.getInputStream());
            boolean isOpen = link.admits();
            while (isOpen) {
                Optional<HttpMessage> request = HttpMessage.read(in);
                // HTTP/2 is offered in the first request; what follows an upgrade would be no message.
                Optional<HttpMessage> answer = request.map(any -> any.without("Upgrade", "HTTP2-Settings"))
                        .flatMap(any -> link.carry(any, this::deliver));
                if (answer.isPresent()) {
                    answer.get().writeTo(client.getOutputStream());
                }
                isOpen = answer.filter(any -> !any.isLast()).isPresent();
                if (answer.isPresent() && !isOpen) {
                    client.close();
                }
            }
        } catch (IOException e) {
            // One side is gone; the other one learns it below.
        } finally {
            clients.remove(client);
            reset(client);
        }
    }

    /** On a connection of its own: none can be stale. */
    private Optional<HttpMessage> deliver(HttpMessage request) {
        try (Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            server.setTcpNoDelay(true);
            request.writeTo(server.getOutputStream());
            return HttpMessage.read(new BufferedInputStream(server.getInputStream()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Runs a task in a thread that does not keep the JVM alive. */
    static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Whoever resets first wins. */
    private static void reset(Socket client) {
        synchronized (client) {
            if (client.isClosed()) {
                return;
            }
            try {
                client.setSoLinger(true, 0);
                client.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        reset();
    }
}
