package dev.lockstep.web.stream;

import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The browsers that listen to one thing, as server-sent events. Thread-safe. */
public final class Feed {

    /** So many browsers may listen to a feed that has its places for itself. */
    public static final int STREAMS_MAX = 200;

    private static final byte[] STILL_HERE = ": still here\n\n".getBytes(StandardCharsets.UTF_8);
    private static final byte[] ALIVE = encoded("alive", JsonValue.EMPTY_JSON_OBJECT);

    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final Set<EventStream> newcomers = ConcurrentHashMap.newKeySet();
    private final Places places;
    private volatile boolean isClosed;

    /** A feed with {@value #STREAMS_MAX} places for itself. */
    public Feed() {
        this(new Places(STREAMS_MAX));
    }

    /**
     * A feed that shares its places with others.
     *
     * @param places where its browsers sit
     */
    public Feed(Places places) {
        this.places = places;
    }

    /** {@return whether nobody listens} */
    public boolean isEmpty() {
        return streams.isEmpty() && newcomers.isEmpty();
    }

    /**
     * Turns a request into a stream.
     *
     * @param request a request for which asynchronous processing is supported
     * @param response its response, not committed
     * @param event the name of the first event
     * @param first what the browser gets at once
     * @return whether there was room for it; otherwise nothing was done
     * @throws IOException if the connection fails
     */
    public boolean join(HttpServletRequest request, HttpServletResponse response, String event, JsonStructure first)
            throws IOException {
        return join(request, response, encoded(event, first), streams);
    }

    /**
     * Turns a request into a stream.
     *
     * @param request a request for which asynchronous processing is supported
     * @param response its response, not committed
     * @param event the name of the first event
     * @param first what the browser gets at once, by what it sees of orders' names
     * @return whether there was room for it; otherwise nothing was done
     * @throws IOException if the connection fails
     */
    public boolean join(
            HttpServletRequest request,
            HttpServletResponse response,
            String event,
            Function<OrderNames, ? extends JsonStructure> first)
            throws IOException {
        return join(request, response, event, first.apply(OrderNames.to(request)));
    }

    /**
     * Turns a request into a stream whose first event comes later, by {@link #welcome}.
     *
     * @param request a request for which asynchronous processing is supported
     * @param response its response, not committed
     * @return whether there was room for it; otherwise nothing was done
     * @throws IOException if the connection fails
     */
    public boolean join(HttpServletRequest request, HttpServletResponse response) throws IOException {
        return join(request, response, STILL_HERE, newcomers);
    }

    private boolean join(
            HttpServletRequest request, HttpServletResponse response, byte[] first, Set<EventStream> company)
            throws IOException {
        EventStream stream = new EventStream(request.getRemoteAddr(), OrderNames.to(request), this::leave);
        if (isClosed || !places.take(stream) || !stream.begin(request)) {
            return false;
        }
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // what a proxy in between must be told
        stream.send(first);
        company.add(stream);
        stream.open();
        if (isClosed || !stream.isOpen()) { // meanwhile, and perhaps before the stream was among those that are told
            leave(stream);
            stream.close();
        }
        return true;
    }

    private void leave(EventStream stream) {
        streams.remove(stream);
        newcomers.remove(stream);
        places.free(stream);
    }

    /**
     * Sends the first event to those who have had none. It is for one thread at a time.
     *
     * @param event its name
     * @param data what it says, by what a browser sees of orders' names
     */
    public void welcome(String event, Function<OrderNames, ? extends JsonStructure> data) {
        Function<EventStream, byte[]> encoded = encodedOnce(event, data);
        newcomers.removeIf(newcomer -> {
            newcomer.send(encoded.apply(newcomer));
            return streams.add(newcomer);
        });
        streams.removeIf(stream -> !stream.isOpen()); // who has left meanwhile
    }

    /**
     * Sends an event to all but those who wait for their first.
     *
     * @param event its name
     * @param data what it says
     */
    public void send(String event, JsonStructure data) {
        if (!streams.isEmpty()) {
            byte[] encoded = encoded(event, data);
            streams.forEach(stream -> stream.send(encoded));
        }
    }

    /**
     * Sends an event to all but those who wait for their first, which tells each what it may see.
     *
     * @param event its name
     * @param data what it says, by what a browser sees of orders' names
     */
    public void send(String event, Function<OrderNames, ? extends JsonStructure> data) {
        Function<EventStream, byte[]> encoded = encodedOnce(event, data);
        streams.forEach(stream -> stream.send(encoded.apply(stream)));
    }

    /** Sends all an event named {@code alive}: what they were told is still so though nothing happens. */
    public void alive() {
        all().forEach(stream -> stream.send(ALIVE));
    }

    /** Ends all streams; from now on there is room for none. */
    public void close() {
        isClosed = true;
        all().forEach(EventStream::close);
    }

    private Stream<EventStream> all() {
        return Stream.concat(streams.stream(), newcomers.stream());
    }

    private static Function<EventStream, byte[]> encodedOnce(
            String event, Function<OrderNames, ? extends JsonStructure> data) {
        Map<OrderNames, byte[]> encoded = new EnumMap<>(OrderNames.class);
        return stream -> encoded.computeIfAbsent(stream.names(), names -> encoded(event, data.apply(names)));
    }

    private static byte[] encoded(String event, JsonStructure data) {
        return ("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
