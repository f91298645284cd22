package dev.lockstep.tests;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** One that listens to {@code /api/live} as a browser does: a socket of its own, and a thread that reads it. */
final class LiveEvents implements AutoCloseable {

    private static final String DATA = "data: ";
    private static final String HERE = "127.0.0.1";

    private final Socket socket;
    private final BufferedReader reader;
    private final String head;
    private final AtomicReference<JsonObject> shop = new AtomicReference<>();
    private final AtomicInteger signsOfLife = new AtomicInteger();

    private LiveEvents(URI server, String address, int receiveBuffer) throws IOException {
        socket = new Socket();
        socket.setReceiveBufferSize(receiveBuffer);
        socket.bind(new InetSocketAddress(address, 0));
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        socket.getOutputStream()
                .write(("GET /api/live HTTP/1.1\r\nHost: " + server.getAuthority()
                                + "\r\nAccept: text/event-stream\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder lines = new StringBuilder();
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            lines.append(line).append('\n');
        }
        head = lines.toString();
    }

    /** Listens and takes each event as it comes. */
    static LiveEvents listen(URI server) throws IOException {
        return listenFrom(HERE, server);
    }

    /** The same from another address of this machine. */
    static LiveEvents listenFrom(String address, URI server) throws IOException {
        LiveEvents events = new LiveEvents(server, address, 64 * 1024);
        if (!events.head.startsWith("HTTP/1.1 200")) {
            throw new IllegalStateException("No stream of live events: " + events.head);
        }
        Thread taking = new Thread(events::take, "live events");
        taking.setDaemon(true);
        taking.start();
        return events;
    }

    /** Asks for the stream and takes nothing but the answer's head. */
    static LiveEvents askOnly(URI server) throws IOException {
        return new LiveEvents(server, HERE, 2048);
    }

    /** The status line and the headers of the answer. */
    String head() {
        return head;
    }

    /** The state of the shop as it was told, all events taken together. */
    JsonObject shop() {
        return shop.get();
    }

    JsonObject books() {
        return shop().getJsonObject("books");
    }

    int signsOfLife() {
        return signsOfLife.get();
    }

    /** Waits until the shop is told to be so. */
    void await(Duration limit, String what, Predicate<JsonObject> told) {
        LauncherProcess.await(limit, what + " is told", () -> shop() != null && told.test(shop()));
    }

    private void take() {
        try {
            String event = "";
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (line.startsWith("event: ")) {
                    event = line.substring("event: ".length());
                } else if (line.startsWith(DATA)) {
                    took(event, line.substring(DATA.length()));
                }
            }
        } catch (IOException e) {
            if (!socket.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void took(String event, String data) {
        if (event.equals("alive")) {
            signsOfLife.incrementAndGet();
            return;
        }
        try (JsonReader json = Json.createReader(new StringReader(data))) {
            shop.set(known(json.readObject()));
        }
    }

    /** The first event tells all, later ones what has changed. */
    private JsonObject known(JsonObject told) {
        if (shop.get() == null) {
            return told;
        }
        JsonObjectBuilder known = Json.createObjectBuilder(shop.get());
        told.forEach(known::add);
        return known.add("products", products(told)).build();
    }

    private JsonArrayBuilder products(JsonObject told) {
        Map<Integer, JsonObject> products = new TreeMap<>();
        for (JsonObject one : List.of(shop.get(), told)) {
            for (JsonObject product : one.getOrDefault("products", JsonValue.EMPTY_JSON_ARRAY)
                    .asJsonArray()
                    .getValuesAs(JsonObject.class)) {
                products.put(product.getInt("productId"), product);
            }
        }
        for (JsonNumber gone : told.getOrDefault("gone", JsonValue.EMPTY_JSON_ARRAY)
                .asJsonArray()
                .getValuesAs(JsonNumber.class)) {
            products.remove(gone.intValue());
        }
        return Json.createArrayBuilder(products.values());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
