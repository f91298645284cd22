package dev.lockstep.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;

/**
 * One client's connection, kept alive for as long as the server likes: just enough of HTTP/1.1, over a blocking socket. The client
 * shares its processors with the server that it measures; docs/measurements.md tells what it costs.
 */
final class HttpConnection implements AutoCloseable {

    private final URI server;
    private Socket socket;
    private InputStream input;
    private boolean isOpen;

    HttpConnection(URI server) {
        this.server = server;
    }

    /**
     * An answer.
     *
     * @param status its code
     * @param location the header, or empty
     * @param body JSON
     */
    record Answer(int status, String location, String body) {}

    Answer post(String path, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        write(("POST " + path + " HTTP/1.1\r\nHost: " + server.getAuthority()
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n" + json)
                .getBytes(UTF_8));
        return read();
    }

    /** Asks for a stream, and returns it with its head. */
    InputStream get(String path) throws IOException {
        write(("GET " + path + " HTTP/1.1\r\nHost: " + server.getAuthority() + "\r\nAccept: text/event-stream\r\n\r\n")
                .getBytes(US_ASCII));
        return input;
    }

    /** In one piece, so that it is one segment. */
    private void write(byte[] request) throws IOException {
        if (!isOpen) {
            close();
            socket = new Socket(server.getHost(), server.getPort());
            socket.setTcpNoDelay(true);
            input = new BufferedInputStream(socket.getInputStream());
            isOpen = true;
        }
        socket.getOutputStream().write(request);
    }

    private Answer read() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        String location = "";
        int length = -1;
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String value = line.substring(colon + 1).strip();
            switch (line.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "location" -> location = value;
                case "content-length" -> length = Integer.parseInt(value);
                // Payara lets a connection go after 256 requests.
                case "connection" -> isOpen = !value.equalsIgnoreCase("close");
                default -> {
                    // of no interest
                }
            }
        }
        byte[] body = input.readNBytes(length);
        if (body.length < length) {
            throw new EOFException(server + " closed the connection within an answer");
        }
        return new Answer(status, location, new String(body, UTF_8));
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(64);
        for (int c = input.read(); c != '\n'; c = input.read()) {
            if (c < 0) {
                throw new EOFException(server + " closed the connection instead of an answer");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(US_ASCII);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
        }
    }
}
