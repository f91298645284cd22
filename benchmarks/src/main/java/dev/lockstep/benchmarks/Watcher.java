package dev.lockstep.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** One who has a page open: takes its server-sent events as they come, as a browser does. */
final class Watcher implements AutoCloseable {

    /** The stream of the picture. */
    static final String PICTURE = "/api/transactions/events";

    /** The stream of the order page. */
    static final String ORDER_PAGE = "/api/live";

    private final String stream;
    private final HttpConnection connection;
    private final AtomicInteger events = new AtomicInteger();
    private volatile boolean isClosed;

    private Watcher(URI server, String stream) {
        this.stream = stream;
        this.connection = new HttpConnection(server);
    }

    /** Opens the page. */
    static Watcher of(URI server, String stream) {
        Watcher watcher = new Watcher(server, stream);
        try {
            var lines =
                    new BufferedReader(new InputStreamReader(watcher.connection.get(stream), StandardCharsets.UTF_8));
            new Thread(() -> watcher.take(lines), "watcher of " + stream).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return watcher;
    }

    private void take(BufferedReader lines) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    events.incrementAndGet();
                }
            }
        } catch (IOException e) {
            if (!isClosed) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Leaves; who saw nothing has measured nothing. */
    @Override
    public void close() throws IOException {
        isClosed = true;
        connection.close();
        if (events.get() == 0) {
            throw new IllegalStateException("No event came on " + stream);
        }
    }
}
