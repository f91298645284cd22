package dev.lockstep.tests.flow;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request or an answer of HTTP/1.1, whole. A body that came in chunks goes on with its length, as the signature is over its bytes alone.
 *
 * @param start the first line
 * @param headers the lines of the head that follow it
 * @param body its bytes, maybe none
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares messages
record HttpMessage(String start, List<String> headers, byte[] body) {

    private static final String LENGTH = "Content-Length";
    private static final String CODING = "Transfer-Encoding";
    private static final int HEXADECIMAL = 16;

    /** Reads the next one; empty if the connection has ended before it. */
    static Optional<HttpMessage> read(InputStream in) throws IOException {
        Optional<String> start = line(in);
        if (start.isEmpty()) {
            return Optional.empty();
        }
        List<String> headers = new ArrayList<>();
        for (String line = required(in); !line.isEmpty(); line = required(in)) {
            headers.add(line);
        }
        HttpMessage head = new HttpMessage(start.get(), List.copyOf(headers), new byte[0]);
        if (head.header(CODING).isPresent()) {
            return Optional.of(head.withBody(chunks(in)));
        }
        if (head.endsWithItsConnection()) {
            return Optional.of(head.withBody(in.readAllBytes()));
        }
        int length = head.header(LENGTH).map(Integer::parseInt).orElse(0);
        byte[] body = in.readNBytes(length);
        if (body.length < length) {
            throw new EOFException(start.get() + ": " + body.length + " of " + length + " bytes came");
        }
        return Optional.of(new HttpMessage(head.start, head.headers, body));
    }

    private boolean endsWithItsConnection() {
        return start.startsWith("HTTP/") && isLast() && header(LENGTH).isEmpty();
    }

    private HttpMessage withBody(byte[] whole) {
        List<String> own = new ArrayList<>(headers);
        own.removeIf(line -> isNamed(CODING, line) || isNamed(LENGTH, line));
        own.add(LENGTH + ": " + whole.length);
        return new HttpMessage(start, List.copyOf(own), whole);
    }

    /** The same without some headers, such as an offer to speak another protocol. */
    HttpMessage without(String... names) {
        List<String> own = new ArrayList<>(headers);
        for (String name : names) {
            own.removeIf(line -> isNamed(name, line));
        }
        return new HttpMessage(start, List.copyOf(own), body);
    }

    /** The same with a header more, or with another value of it. */
    HttpMessage with(String name, String value) {
        List<String> own = new ArrayList<>(without(name).headers);
        own.add(name + ": " + value);
        return new HttpMessage(start, List.copyOf(own), body);
    }

    Optional<String> header(String name) {
        return headers.stream()
                .filter(line -> isNamed(name, line))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst();
    }

    private static boolean isNamed(String name, String line) {
        return line.regionMatches(true, 0, name + ":", 0, name.length() + 1);
    }

    /** The path and query of a request, the status of an answer. */
    String second() {
        return start.split(" ", 3)[1];
    }

    /** The status of an answer. */
    int status() {
        return Integer.parseInt(second());
    }

    /** Whether no other message follows on its connection. */
    boolean isLast() {
        return header("Connection").filter("close"::equalsIgnoreCase).isPresent();
    }

    /** In one piece, so that it is one segment. */
    void writeTo(OutputStream out) throws IOException {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write((start + "\r\n").getBytes(ISO_8859_1));
        for (String line : headers) {
            whole.write((line + "\r\n").getBytes(ISO_8859_1));
        }
        whole.write("\r\n".getBytes(ISO_8859_1));
        whole.write(body);
        out.write(whole.toByteArray());
        out.flush();
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = size(in); size > 0; size = size(in)) {
            byte[] chunk = in.readNBytes(size);
            if (chunk.length < size) {
                throw new EOFException(chunk.length + " bytes of a chunk of " + size + " came");
            }
            body.write(chunk);
            required(in);
        }
        for (String trailer = required(in); !trailer.isEmpty(); trailer = required(in)) {
            // of no interest
        }
        return body.toByteArray();
    }

    private static int size(InputStream in) throws IOException {
        return Integer.parseInt(required(in).split(";", 2)[0].strip(), HEXADECIMAL);
    }

    private static String required(InputStream in) throws IOException {
        return line(in).orElseThrow(() -> new EOFException("The connection ended within a message"));
    }

    private static Optional<String> line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = in.read();
        if (next < 0) {
            return Optional.empty();
        }
        for (; next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.write(next);
            }
        }
        return Optional.of(line.toString(ISO_8859_1));
    }

    @Override
    public String toString() {
        return start + " " + headers + " " + new String(body, ISO_8859_1);
    }
}
