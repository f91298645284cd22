package dev.lockstep.watch.control;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * One browser's stream of server-sent events (WHATWG HTML, section 9.2). Never blocks: what a slow browser has not taken yet waits,
 * and one that has fallen too far behind is let go; it comes back by itself. Thread-safe.
 */
final class EventStream implements WriteListener, AsyncListener {

    private static final Logger LOG = System.getLogger(EventStream.class.getName());

    /** So many events may wait for one browser. */
    private static final int BEHIND_MAX = 64;

    private final AsyncContext context;
    private final ServletOutputStream output;
    private final Consumer<EventStream> whenClosed;
    private final Queue<byte[]> waiting = new ArrayDeque<>();
    private boolean isOpen = true;
    private boolean isStarted;
    private boolean isUnflushed;

    EventStream(AsyncContext context, Consumer<EventStream> whenClosed) throws IOException {
        this.context = context;
        this.output = context.getResponse().getOutputStream();
        this.whenClosed = whenClosed;
    }

    void open() {
        try {
            context.setTimeout(0);
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
        if (waiting.size() == BEHIND_MAX) {
            close();
            return;
        }
        waiting.add(event);
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
                    output.write(waiting.remove());
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
            whenClosed.accept(this);
            try {
                context.complete();
            } catch (IllegalStateException e) {
                LOG.log(Level.DEBUG, "The container has ended the stream already", e);
            }
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
