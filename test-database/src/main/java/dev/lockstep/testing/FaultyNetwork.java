package dev.lockstep.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The network to one database: passes everything on until it is told to fail. Thread-safe. */
public final class FaultyNetwork implements Closeable {

    private static final int BUFFER = 64 * 1024;

    private final ServerSocket door;
    private volatile int target;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicReference<Trap> trap = new AtomicReference<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final AtomicInteger letThrough = new AtomicInteger();
    private boolean isStalled;
    private volatile boolean isCut;

    /** What happens to the next request that has a word in it. */
    private record Trap(String word, Fate fate, Runnable whenSprung) {}

    private enum Fate {
        REQUEST_LOST,
        ANSWER_LOST,
        ANSWER_LATE,
        PASSED_ON
    }

    /**
     * A network that works.
     *
     * @param port where it listens on loopback; 0 for any free one
     * @param target the database's port on loopback
     */
    public FaultyNetwork(int port, int target) {
        try {
            this.door = new ServerSocket(port, 100, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.target = target;
        daemon(this::accept, "network " + port);
    }

    /** {@return the port that leads to the database} */
    public int port() {
        return door.getLocalPort();
    }

    /** From now on nothing passes, in either direction; nobody is told. */
    public void stall() {
        change(true);
    }

    /** Everything passes again, and what was held is delivered. */
    public synchronized void heal() {
        isCut = false;
        change(false);
    }

    /** Resets all connections, and every new one until {@link #heal()}, which waits for the end of this. */
    public synchronized void cut() {
        isCut = true;
        links.forEach(Link::reset);
    }

    /** {@return how many connections were not let through while it was cut} */
    public int turnedAway() {
        return turnedAway.get();
    }

    /** {@return how many connections have reached the database} */
    public int letThrough() {
        return letThrough.get();
    }

    /**
     * Leads to another database from now on, as an address that moves; connections to the one before are reset.
     *
     * @param port the database's port on loopback
     */
    public void leadTo(int port) {
        target = port;
        links.forEach(Link::reset);
    }

    /** Resets all connections, but the database is not told and goes on believing in them; new ones are let through. */
    public void resetClients() {
        links.forEach(Link::resetClient);
    }

    /**
     * The next request with a word in it never arrives: its connection is reset.
     *
     * @param word part of a statement
     */
    public void loseRequest(String word) {
        trap.set(new Trap(word, Fate.REQUEST_LOST, () -> {}));
    }

    /**
     * The answer to the next request with a word in it is lost: the database carries it out, then the connection is reset.
     *
     * @param word part of a statement
     */
    public void loseAnswer(String word) {
        trap.set(new Trap(word, Fate.ANSWER_LOST, () -> {}));
    }

    /**
     * Calls somebody when the next request with a word in it has been passed on; its answer is lost.
     *
     * @param word part of a statement
     * @param whenSprung called by the connection's own thread, after the database has answered
     */
    public void loseAnswer(String word, Runnable whenSprung) {
        trap.set(new Trap(word, Fate.ANSWER_LOST, whenSprung));
    }

    /**
     * Calls somebody before the next request with a word in it is passed on; nothing is lost.
     *
     * @param word part of a statement
     * @param whenSprung called by the connection's own thread; the request waits for it
     */
    public void beforeRequest(String word, Runnable whenSprung) {
        trap.set(new Trap(word, Fate.PASSED_ON, whenSprung));
    }

    /**
     * Calls somebody when the database has answered the next request with a word in it, before the answer is passed on; nothing is lost.
     *
     * @param word part of a statement
     * @param whenSprung called by the connection's own thread; the answer waits for it
     */
    public void beforeAnswer(String word, Runnable whenSprung) {
        trap.set(new Trap(word, Fate.ANSWER_LATE, whenSprung));
    }

    private void change(boolean stalled) {
        lock.lock();
        try {
            isStalled = stalled;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitPassage() throws InterruptedException {
        lock.lock();
        try {
            while (isStalled) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (isCut) {
                    turnedAway.incrementAndGet();
                    reset(client);
                } else {
                    open(client);
                }
            } catch (IOException e) {
                if (door.isClosed()) {
                    return;
                }
            }
        }
    }

    private void open(Socket client) throws IOException {
        try {
            Link link = new Link(client, new Socket(InetAddress.getLoopbackAddress(), target));
            links.add(link);
            letThrough.incrementAndGet();
            daemon(() -> link.carry(true), "to " + target);
            daemon(() -> link.carry(false), "from " + target);
        } catch (IOException e) {
            reset(client);
        }
    }

    private static void daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Both threads of a link do so, and perhaps the one who cuts; the first one wins. */
    private static void reset(Socket socket) {
        synchronized (socket) {
            if (socket.isClosed()) {
                return;
            }
            try {
                socket.setSoLinger(true, 0);
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        change(false);
        links.forEach(Link::reset);
    }

    private final class Link {

        private final Socket client;
        private final Socket server;
        private volatile Trap atAnswer;
        private volatile boolean isHalfOpen;

        Link(Socket client, Socket server) throws IOException {
            this.client = client;
            this.server = server;
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
        }

        void carry(boolean isRequest) {
            byte[] buffer = new byte[BUFFER];
            try {
                InputStream from = (isRequest ? client : server).getInputStream();
                OutputStream to = (isRequest ? server : client).getOutputStream();
                for (int length = from.read(buffer); length >= 0; length = from.read(buffer)) {
                    awaitPassage();
                    if (isRequest ? !passes(buffer, length) : isAnswerLost()) {
                        break;
                    }
                    to.write(buffer, 0, length);
                }
            } catch (IOException e) {
                // One side is gone; the other one learns it below.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (!isRequest || !isHalfOpen) {
                reset();
            }
        }

        private boolean passes(byte[] buffer, int length) {
            Trap set = trap.get();
            if (set == null || !new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(set.word())) {
                return true;
            }
            if (trap.compareAndSet(set, null)) {
                switch (set.fate()) {
                    case REQUEST_LOST -> {
                        return false;
                    }
                    case ANSWER_LOST, ANSWER_LATE -> atAnswer = set;
                    case PASSED_ON -> set.whenSprung().run();
                }
            }
            return true;
        }

        private boolean isAnswerLost() {
            Trap sprung = atAnswer;
            if (sprung == null) {
                return false;
            }
            atAnswer = null;
            sprung.whenSprung().run();
            return sprung.fate() == Fate.ANSWER_LOST;
        }

        void resetClient() {
            isHalfOpen = true;
            FaultyNetwork.reset(client);
        }

        void reset() {
            links.remove(this);
            FaultyNetwork.reset(client);
            FaultyNetwork.reset(server);
        }
    }
}
