package dev.lockstep.tests;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/** Takes traces by OTLP over HTTP/1.1, as Payara's exporter sends them, and keeps them. One exporter at a time. Thread-safe. */
final class TraceCollector implements AutoCloseable {

    private static final byte[] TAKEN =
            "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket socket;
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final AtomicReference<IOException> failure = new AtomicReference<>();

    private TraceCollector(ServerSocket socket) {
        this.socket = socket;
    }

    static TraceCollector start() {
        try {
            TraceCollector collector = new TraceCollector(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
            Thread thread = new Thread(collector::serve, "trace collector");
            thread.setDaemon(true);
            thread.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket exporter = socket.accept()) {
                InputStream in = new BufferedInputStream(exporter.getInputStream());
                for (int length = bodyLength(in); length >= 0; length = bodyLength(in)) {
                    // All at once: who sees one of them may look for the others that were sent with it.
                    spans.addAll(
                            ExportTraceServiceRequest.parseFrom(in.readNBytes(length)).getResourceSpansList().stream()
                                    .flatMap(resource -> resource.getScopeSpansList().stream())
                                    .flatMap(scope -> scope.getSpansList().stream())
                                    .toList());
                    exporter.getOutputStream().write(TAKEN);
                }
            } catch (IOException e) {
                failure.set(e);
            }
        }
    }

    /** Reads a request's head: what Content-Length says, or -1 at the end of the connection. */
    private static int bodyLength(InputStream in) throws IOException {
        int length = -1;
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        return length;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** What an exporter is to be told. */
    String endpoint() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** All spans until now. */
    List<Span> spans() {
        return spans;
    }

    /** Those of an order. */
    List<Span> spansOf(Object orderId) {
        return spans.stream()
                .filter(span -> attribute(span, "lockstep.order").equals(orderId.toString()))
                .toList();
    }

    /** An attribute, a number in digits, empty if there is none. */
    static String attribute(Span span, String key) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(key))
                .map(KeyValue::getValue)
                .map(value -> value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue())
                .findFirst()
                .orElse("");
    }

    static String hex(ByteString id) {
        return HexFormat.of().formatHex(id.toByteArray());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return endpoint() + " has " + spans.size() + " spans; last failure: " + failure.get();
    }
}
