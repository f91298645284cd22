package dev.lockstep.watch.control;

import jakarta.json.JsonStructure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The browsers that listen to one thing, as server-sent events. Thread-safe. */
public final class Feed {

    /** So many browsers may listen to a feed that has its places for itself. */
    public static final int STREAMS_MAX = 200;

    private static final byte[] STILL_HERE = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
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
        return streams.isEmpty();
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
        return join(request, response, encoded(event, first));
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
     * Turns a request into a stream that begins with the next event.
     *
     * @param request a request for which asynchronous processing is supported
     * @param response its response, not committed
     * @return whether there was room for it; otherwise nothing was done
     * @throws IOException if the connection fails
     */
    public boolean join(HttpServletRequest request, HttpServletResponse response) throws IOException {
        return join(request, response, STILL_HERE);
    }

    private boolean join(HttpServletRequest request, HttpServletResponse response, byte[] first) throws IOException {
        EventStream stream = new EventStream(request.getRemoteAddr(), OrderNames.to(request), this::leave);
        if (isClosed || !places.take(stream) || !stream.begin(request)) {
            return false;
        }
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // what a proxy in between must be told
        stream.send(first);
        streams.add(stream);
        stream.open();
        if (isClosed || !stream.isOpen()) { // meanwhile, and perhaps before the stream was among those that are told
            leave(stream);
            stream.close();
        }
        return true;
    }

    private void leave(EventStream stream) {
        streams.remove(stream);
        places.free(stream);
    }

    /**
     * Sends an event to all.
     *
     * @param event its name
     * @param data what it says
     */
    public void send(String event, JsonStructure data) {
        if (!isEmpty()) {
            byte[] encoded = encoded(event, data);
            streams.forEach(stream -> stream.send(encoded));
        }
    }

    /**
     * Sends an event to all, which tells each what it may see.
     *
     * @param event its name
     * @param data what it says, by what a browser sees of orders' names
     */
    public void send(String event, Function<OrderNames, ? extends JsonStructure> data) {
        Map<OrderNames, byte[]> encoded = new EnumMap<>(OrderNames.class);
        streams.forEach(stream ->
                stream.send(encoded.computeIfAbsent(stream.names(), names -> encoded(event, data.apply(names)))));
    }

    /** Ends all streams; from now on there is room for none. */
    public void close() {
        isClosed = true;
        streams.forEach(EventStream::close);
    }

    private static byte[] encoded(String event, JsonStructure data) {
        return ("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
