package dev.lockstep.flow.registry;

import java.util.HashSet;
import java.util.Set;

/**
 * Who works in a flow here, and who of them waits for a server that was called. A call may come in only while nobody works but those who
 * wait so: it is a call back. Thread-safe.
 */
final class Presence {

    private final Set<Thread> threads = new HashSet<>();
    private final Set<Thread> interrupted = new HashSet<>();
    private final int owners;
    private int callingOut;
    private boolean isClosed;

    /**
     * Nobody has come in.
     *
     * @param owners 1 where the flow began, for the application's own thread; else 0
     */
    Presence(int owners) {
        this.owners = owners;
    }

    /** False if somebody works, who does not wait for a call of his own. */
    synchronized boolean enter() {
        return !isClosed && owners + threads.size() <= callingOut && threads.add(Thread.currentThread());
    }

    /** An interrupt that the flow has sent must not reach what the thread does next. */
    synchronized void leave() {
        threads.remove(Thread.currentThread());
        if (owners == 0 && threads.isEmpty()) {
            callingOut = 0; // whatever was not told to be over
        }
        if (interrupted.remove(Thread.currentThread())) {
            Thread.interrupted();
        }
    }

    synchronized void goOut() {
        callingOut++;
    }

    /** False if a call back is still at work: then it was not awaited. */
    synchronized boolean comeBack() {
        callingOut = Math.max(0, callingOut - 1);
        return owners + threads.size() <= callingOut + 1;
    }

    synchronized boolean isAtWork() {
        return !threads.isEmpty();
    }

    /** {@return whether this thread alone is in} */
    synchronized boolean isAlone() {
        return threads.size() == 1 && threads.contains(Thread.currentThread());
    }

    /** Nobody is let in any more, and who works is told to stop. False if somebody does. */
    synchronized boolean close() {
        isClosed = true;
        interrupt();
        return threads.isEmpty();
    }

    synchronized void interrupt() {
        interrupted.addAll(threads);
        threads.forEach(Thread::interrupt);
    }
}
