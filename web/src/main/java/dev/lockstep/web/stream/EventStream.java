package dev.lockstep.web.stream;

import dev.lockstep.web.Network;
import dev.lockstep.web.door.control.Elsewhere;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * One browser's stream of server-sent events (WHATWG HTML, section 9.2). Never blocks: what a slow browser has not taken yet waits, and one
 * that has fallen too far behind is let go. So is, after a while, every other, since nobody sees the end of all connections. A browser comes
 * back by itself. Thread-safe.
 */
final class EventStream implements WriteListener, AsyncListener {

    private static final Logger LOG = System.getLogger(EventStream.class.getName());

    /** So many bytes may wait for one browser; a single event may be longer. */
    static final int BEHIND_MAX = 256 * 1024;

    /** The longest life of a stream. */
    static final Duration LIFE_MAX = Duration.ofMinutes(10);

    private final Network network;
    private final OrderNames names;
    private final Consumer<EventStream> whenClosed;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private AsyncContext context;
    private ServletOutputStream output;
    private int bytesWaiting;
    private boolean isOpen = true;
    private boolean isStarted;
    private boolean isUnflushed;

    EventStream(String address, OrderNames names, Consumer<EventStream> whenClosed) {
        this.network = Network.of(address);
        this.names = names;
        this.whenClosed = whenClosed;
    }

    /** {@return what its browser sees of orders' names} */
    OrderNames names() {
        return names;
    }

    /** Where the browser is. */
    Network network() {
        return network;
    }

    synchronized boolean isOpen() {
        return isOpen;
    }

    /** Takes the request over, unless the stream is closed already: its place was taken by another. */
    synchronized boolean begin(HttpServletRequest request) throws IOException {
        if (isOpen) {
            try {
                context = request.startAsync();
                output = context.getResponse().getOutputStream();
            } catch (IOException | RuntimeException | Error e) {
                close();
                throw e;
            }
        }
        return isOpen;
    }

    synchronized void open() {
        if (!isOpen) {
            return;
        }
        try {
            context.setTimeout(LIFE_MAX.toMillis());
            context.addListener(this);
            output.setWriteListener(this);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    synchronized void send(byte[] event) {
        if (!isOpen) {
            return;
        }
        if (!waiting.isEmpty() && bytesWaiting + event.length > BEHIND_MAX) {
            close();
            return;
        }
        waiting.add(event);
        bytesWaiting += event.length;
        write();
    }

    @Override
    public synchronized void onWritePossible() {
        isStarted = true;
        write();
    }

    /** Until the container calls back for the first time, and whenever it cannot take more, events wait. */
    private void write() {
        try {
            while (isOpen && isStarted && (isUnflushed || !waiting.isEmpty()) && output.isReady()) {
                if (waiting.isEmpty()) {
                    output.flush();
                    isUnflushed = false;
                } else {
                    byte[] event = waiting.remove();
                    bytesWaiting -= event.length;
                    output.write(event);
                    isUnflushed = true;
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "A browser has gone", e);
            close();
        }
    }

    synchronized void close() {
        if (isOpen) {
            isOpen = false;
            waiting.clear();
            whenClosed.accept(this);
            complete();
        }
    }

    private void complete() {
        try {
            if (context != null) {
                Elsewhere.complete(context);
            }
        } catch (IllegalStateException e) {
            LOG.log(Level.DEBUG, "The container has ended the stream already", e);
        }
    }

    @Override
    public void onError(Throwable failure) {
        close();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        close();
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // A stream is started once.
    }
}
