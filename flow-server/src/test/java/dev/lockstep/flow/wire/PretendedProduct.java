package dev.lockstep.flow.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Reads requests, and answers with whatever bytes it is told to. */
final class PretendedProduct implements AutoCloseable {

    /** Gives bytes for a request. */
    interface Script {
        /** Answers; the connection ends after it, unless it waits. */
        void answer(String request, OutputStream to) throws Exception;
    }

    final AtomicInteger requests = new AtomicInteger();
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = new ArrayList<>();
    private final Script script;

    PretendedProduct(Script script) throws IOException {
        this.script = script;
        var unused = threads.submit(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    private Void accept() throws IOException {
        while (true) {
            Socket socket = door.accept();
            synchronized (sockets) {
                sockets.add(socket);
            }
            var unused = threads.submit(() -> serve(socket));
        }
    }

    private Void serve(Socket socket) throws Exception {
        try (socket) {
            StringBuilder request = new StringBuilder();
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                request.append((char) next);
                if (isWhole(request.toString())) {
                    requests.incrementAndGet();
                    script.answer(request.toString(), socket.getOutputStream());
                    socket.getOutputStream().flush();
                    return null;
                }
            }
        }
        return null;
    }

    private static boolean isWhole(String request) {
        int body = request.indexOf("\r\n\r\n") + 4;
        String length = request.replaceFirst("(?is).*content-length: (\\d+).*", "$1");
        return body > 4 && (length.equals(request) || request.length() == body + Integer.parseInt(length));
    }

    static byte[] answer(int status, String headers, String body) {
        return ("HTTP/1.1 " + status + " X\r\n" + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        door.close();
        synchronized (sockets) {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        threads.shutdownNow();
    }
}
