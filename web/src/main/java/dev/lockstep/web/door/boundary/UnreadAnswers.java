package dev.lockstep.web.door.boundary;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.nio.NIOConnection;

/**
 * The answers that their clients have not read yet. They wait as bytes in Grizzly's queue of each connection, and no thread waits with them
 * (D8). Who does not read in time is cut off, and so is who has not read for longest when all of them together are too large. Thread-safe.
 */
final class UnreadAnswers {

    private static final Logger LOG = System.getLogger(UnreadAnswers.class.getName());

    private static final int UNLIMITED = -1;

    /** Grizzly's own bound, beyond which a thread waits, is so many of a connection's buffers ({@code AsyncQueueWriter.AUTO_SIZE}). */
    private static final int BUFFERS = 4;

    /** Of a stream, which has more of its own. */
    private static final int STREAM_MAX = 64 * 1024;

    /** The most bytes that a client leaves unread and still may ask. */
    private static final int ASKING_MAX = 256 * 1024;

    private final Duration limit;
    private final long allMax;
    private final ScheduledExecutorService timer;

    /** The connections, those first that wait longest, and how many answers of each do. */
    private final Map<Connection<?>, Integer> waiting = new LinkedHashMap<>();

    /**
     * None so far.
     *
     * @param limit how long an answer waits for its client
     * @param allMax the most bytes of all answers that wait
     * @param timer what cuts connections
     */
    UnreadAnswers(Duration limit, long allMax, ScheduledExecutorService timer) {
        this.limit = limit;
        this.allMax = allMax;
        this.timer = timer;
    }

    /** Lets a connection's answers wait without a thread. */
    static void letWait(Connection<?> connection) {
        ((NIOConnection) connection).setMaxAsyncWriteQueueSize(UNLIMITED);
    }

    /** Has a stream, which asks before it writes, notice soon that its client does not read. */
    static void holdUp(Connection<?> connection) {
        ((NIOConnection) connection).setMaxAsyncWriteQueueSize(STREAM_MAX);
    }

    /** Has all as it is without this class. */
    static void leave(Connection<?> connection) {
        ((NIOConnection) connection).setMaxAsyncWriteQueueSize(BUFFERS * connection.getWriteBufferSize());
    }

    /** {@return whether the client asks more and more, and reads nothing} */
    static boolean isClogged(Connection<?> connection) {
        return bytes(connection) > ASKING_MAX;
    }

    private static int bytes(Connection<?> connection) {
        return ((NIOConnection) connection).getAsyncWriteQueue().spaceInBytes();
    }

    /**
     * Sees to an answer.
     *
     * @param context the answer's, when all of it has been written
     */
    void await(FilterChainContext context) {
        Connection<?> connection = context.getConnection();
        if (bytes(connection) > 0) {
            Future<?> deadline = deadline(connection);
            add(connection).forEach(Connection::terminateSilently);
            context.flush(new WhenRead(() -> {
                deadline.cancel(false);
                remove(connection);
            }));
        }
    }

    private Future<?> deadline(Connection<?> connection) {
        try {
            return timer.schedule(connection::terminateSilently, limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.log(Level.DEBUG, "An answer is given while the application ends", e);
            connection.terminateSilently();
            return CompletableFuture.completedFuture(null);
        }
    }

    /** Returns those that must go; not from within, where what ends with a connection would come back. */
    private synchronized List<Connection<?>> add(Connection<?> connection) {
        waiting.merge(connection, 1, Integer::sum);
        long all = waiting.keySet().stream().mapToLong(UnreadAnswers::bytes).sum();
        List<Connection<?>> leaving = new ArrayList<>();
        Iterator<Connection<?>> oldest = waiting.keySet().iterator();
        while (all > allMax && oldest.hasNext()) {
            Connection<?> next = oldest.next();
            all -= bytes(next);
            leaving.add(next);
            oldest.remove();
        }
        return leaving;
    }

    private synchronized void remove(Connection<?> connection) {
        waiting.computeIfPresent(connection, (same, answers) -> answers == 1 ? null : answers - 1);
    }

    /** Is told when the last byte of an answer has gone, or never will. */
    private static final class WhenRead extends EmptyCompletionHandler<Object> {

        private final Runnable action;

        WhenRead(Runnable action) {
            this.action = action;
        }

        @Override
        public void completed(Object written) {
            action.run();
        }

        @Override
        public void failed(Throwable cause) {
            action.run();
        }

        @Override
        public void cancelled() {
            action.run();
        }
    }
}
