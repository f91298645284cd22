package dev.lockstep.tests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A connection on which anything may be said, also what is no HTTP. A byte is a character. */
final class Wire implements AutoCloseable {

    private static final int UNREAD_BYTES = 4096;

    private final Socket socket;

    /** Connects from the usual address; whatever is awaited afterwards must come within the limit. */
    Wire(URI server, Duration limit) {
        this(server, limit, 1);
    }

    /** Connects from 127.0.0.‹last›. */
    Wire(URI server, Duration limit, int last) {
        this(server, limit, last, new Socket());
    }

    /** Connects so that the network takes little of what nobody reads, not megabytes. */
    static Wire unread(URI server, Duration limit) {
        try {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(UNREAD_BYTES);
            return new Wire(server, limit, 1, socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Wire(URI server, Duration limit, int last, Socket socket) {
        this.socket = socket;
        try {
            socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), 0));
            socket.connect(new InetSocketAddress(InetAddress.getByName(server.getHost()), server.getPort()));
            socket.setSoTimeout((int) limit.toMillis());
            socket.setTcpNoDelay(true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says it, and all of it before anything else. */
    Wire say(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads one answer, its body by its length, or what there is until the connection ends; an event stream's head alone. */
    Answer answer() {
        return answer(true);
    }

    /** Reads the answer to HEAD, which has no body whatever its head says. */
    Answer answerToHead() {
        return answer(false);
    }

    private Answer answer(boolean hasBody) {
        try {
            InputStream in = socket.getInputStream();
            StringBuilder head = new StringBuilder();
            int next = read(in);
            while (next >= 0) {
                head.append((char) next);
                if (head.length() >= 4 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                    Answer answer = new Answer(head.toString(), "");
                    return new Answer(head.toString(), hasBody && !answer.isWithoutBody() ? body(in, answer) : "");
                }
                next = read(in);
            }
            return new Answer(head.toString(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String body(InputStream in, Answer answer) throws IOException {
        if (answer.header("Transfer-Encoding").equalsIgnoreCase("chunked")) {
            return chunks(in);
        }
        String length = answer.header("Content-Length");
        byte[] body = length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
        return new String(body, ISO_8859_1);
    }

    private static String chunks(InputStream in) throws IOException {
        StringBuilder body = new StringBuilder();
        int size = Integer.parseInt(line(in), 16);
        while (size > 0) {
            body.append(new String(in.readNBytes(size), ISO_8859_1));
            line(in);
            size = Integer.parseInt(line(in), 16);
        }
        line(in);
        return body.toString();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    private static int read(InputStream in) throws IOException {
        try {
            return in.read();
        } catch (SocketException e) {
            return -1; // reset: the server has gone as well
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What the server said.
     *
     * @param head the status line and all headers; empty if it said nothing
     * @param body the rest
     */
    record Answer(String head, String body) {

        /** The status, 0 if nothing was said. */
        int status() {
            return head.isEmpty() ? 0 : Integer.parseInt(head.split(" ", 3)[1].strip());
        }

        /** All values of a header, joined; empty if there is none. */
        String header(String name) {
            List<String> values = new ArrayList<>();
            head.lines().skip(1).forEach(line -> {
                int colon = line.indexOf(':');
                if (colon > 0
                        && line.substring(0, colon).toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT))) {
                    values.add(line.substring(colon + 1).strip());
                }
            });
            return String.join(", ", values);
        }

        private boolean isWithoutBody() {
            return status() < 200
                    || status() == 204
                    || status() == 304
                    || header("Content-Type").startsWith("text/event-stream");
        }
    }
}
