package dev.lockstep.tests.flow;

import dev.lockstep.tests.FreePorts;
import dev.lockstep.tests.killmatrix.Patience;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The way on which one machine calls another, to its applications and to its protocol. The way back is another link. Thread-safe. */
final class Link implements Closeable {

    private static final Duration LATE = Duration.ofMillis(700);
    private static final int TRACE_MAX = 1_000;

    private final String name;
    private final Door application;
    private final Door protocol;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger carried = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger traced = new AtomicInteger();
    private final List<Trap> traps = new CopyOnWriteArrayList<>();
    private final Deque<Exchange> trace = new ConcurrentLinkedDeque<>();
    private final ConcurrentLinkedQueue<Runnable> onceMore = new ConcurrentLinkedQueue<>();
    private Weather weather = Weather.FAIR;

    /**
     * A way in fair weather.
     *
     * @param name who calls whom
     * @param callee where the callee listens
     */
    Link(String name, Address callee) {
        this.name = name;
        this.application = new Door(FreePorts.one(), callee.applicationPort(), this);
        this.protocol = new Door(FreePorts.one(), callee.protocolPort(), this);
    }

    /** Brings a request to the callee; empty if no answer came. */
    @FunctionalInterface
    interface Delivery {
        Optional<HttpMessage> deliver(HttpMessage request);
    }

    /** When a message is held. */
    enum Moment {
        BEFORE_DELIVERY,
        BEFORE_ANSWER;

        @Override
        public String toString() {
            return this == BEFORE_DELIVERY ? "before its delivery" : "before its answer";
        }
    }

    /**
     * What was carried.
     *
     * @param kind what it asks for
     * @param request as it was sent
     * @param answer as it came; empty if none did
     * @param at when it was delivered, by {@link System#nanoTime()}
     */
    record Exchange(Kind kind, HttpMessage request, Optional<HttpMessage> answer, long at) {}

    /** Holds the next message of a kind until it is let go. */
    final class Trap {

        private final Kind kind;
        private final Moment moment;
        private final CountDownLatch caught = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        private Trap(Kind kind, Moment moment) {
            this.kind = kind;
            this.moment = moment;
        }

        /** Waits until a message is held here; false if none came in time. */
        boolean await(Duration limit) {
            return Link.await(caught, limit);
        }

        /** Lets the message go on, into whatever weather there is, or no message be held. */
        void go() {
            traps.remove(this);
            released.countDown();
        }

        private void hold() {
            caught.countDown();
            Link.await(released, Duration.ofDays(1));
        }
    }

    /** Where the caller finds the callee. */
    Address address() {
        return new Address(application.port(), protocol.port());
    }

    /** The next message of a kind will be held. */
    Trap trap(Kind kind, Moment moment) {
        Trap trap = new Trap(kind, moment);
        traps.add(trap);
        return trap;
    }

    /** What was carried last, in the order of the answers. */
    List<Exchange> trace() {
        return List.copyOf(trace);
    }

    /** From now on. */
    void become(Weather next) {
        lock.lock();
        try {
            weather = next;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (next == Weather.CUT) {
            application.reset();
            protocol.reset();
        }
        if (next == Weather.FAIR) {
            takeLate().forEach(Runnable::run);
        }
    }

    /** Fair weather, and nobody is held. */
    void heal() {
        become(Weather.FAIR);
        traps.forEach(Trap::go);
    }

    boolean admits() {
        return weather() != Weather.CUT;
    }

    /** Carries a request, and its answer; empty if the connection is to be reset. */
    Optional<HttpMessage> carry(HttpMessage request, Delivery delivery) {
        Kind kind = Kind.of(request);
        hold(kind, Moment.BEFORE_DELIVERY);
        int number = carried.getAndIncrement();
        if (!passes(true, number)) {
            return Optional.empty();
        }
        Weather now = weather();
        List<Runnable> late = takeLate();
        long at = System.nanoTime();
        Optional<HttpMessage> answer = delivery.deliver(request);
        late.forEach(Runnable::run);
        remember(new Exchange(kind, request, answer, at));
        if (now == Weather.DUPLICATED) {
            delivery.deliver(request);
        } else if (now == Weather.REORDERED) {
            onceMore.add(() -> delivery.deliver(request));
        }
        hold(kind, Moment.BEFORE_ANSWER);
        return passes(false, number) ? answer : Optional.empty();
    }

    private void remember(Exchange exchange) {
        trace.add(exchange);
        if (traced.incrementAndGet() > TRACE_MAX) {
            trace.poll();
        }
    }

    private List<Runnable> takeLate() {
        List<Runnable> late = new ArrayList<>();
        for (Runnable next = onceMore.poll(); next != null; next = onceMore.poll()) {
            late.add(next);
        }
        return late;
    }

    private void hold(Kind kind, Moment moment) {
        List.copyOf(traps).stream()
                .filter(trap -> trap.kind == kind && trap.moment == moment)
                .filter(traps::remove)
                .findFirst()
                .ifPresent(Trap::hold);
    }

    /** Whether a request, or an answer, gets through; it may take long. */
    private boolean passes(boolean isRequest, int number) {
        return switch (weather()) {
            case FAIR, DUPLICATED, REORDERED -> true;
            case CUT -> false;
            case SILENT -> {
                awaitOther(Weather.SILENT);
                yield false;
            }
            case STALLED -> {
                awaitOther(Weather.STALLED);
                yield admits();
            }
            case SLOW -> {
                Patience.pass(LATE);
                yield true;
            }
            case LOSSY -> isRequest ? number % 3 != 0 : number % 3 != 1;
            case ONE_WAY -> {
                if (!isRequest) {
                    awaitOther(Weather.ONE_WAY);
                }
                yield isRequest;
            }
        };
    }

    private Weather weather() {
        lock.lock();
        try {
            return weather;
        } finally {
            lock.unlock();
        }
    }

    /** How many messages wait for another weather. */
    int waiting() {
        return waiting.get();
    }

    private void awaitOther(Weather than) {
        lock.lock();
        waiting.incrementAndGet();
        try {
            while (weather == than) {
                changed.awaitUninterruptibly();
            }
        } finally {
            waiting.decrementAndGet();
            lock.unlock();
        }
    }

    private static boolean await(CountDownLatch latch, Duration limit) {
        try {
            return latch.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        heal();
        application.close();
        protocol.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
