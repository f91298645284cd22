package dev.lockstep.watch.control;

import jakarta.json.JsonStructure;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The browsers that listen to one thing, as server-sent events. Thread-safe. */
public final class Feed {

    /** So many browsers may listen to a feed. */
    public static final int STREAMS_MAX = 200;

    private static final byte[] STILL_HERE = ": still here\n\n".getBytes(StandardCharsets.UTF_8);

    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

    /** {@return whether nobody listens} */
    public boolean isEmpty() {
        return streams.isEmpty();
    }

    /** {@return whether one more may listen} */
    public boolean hasRoom() {
        return streams.size() < STREAMS_MAX;
    }

    /**
     * Turns a request into a stream.
     *
     * @param request a request for which asynchronous processing is supported
     * @param response its response, not committed
     * @param event the name of the first event
     * @param first what the browser gets at once
     * @throws IOException if the connection fails
     */
    public void join(HttpServletRequest request, HttpServletResponse response, String event, JsonStructure first)
            throws IOException {
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Accel-Buffering", "no"); // what a proxy in between must be told
        EventStream stream = new EventStream(request.startAsync(), streams::remove);
        streams.add(stream);
        stream.open();
        stream.send(encoded(event, first));
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

    /** Lets browsers know that the connection lives though nothing happens. */
    public void stillHere() {
        streams.forEach(stream -> stream.send(STILL_HERE));
    }

    /** Ends all streams. */
    public void close() {
        streams.forEach(EventStream::close);
    }

    private static byte[] encoded(String event, JsonStructure data) {
        return ("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }
}
