package dev.lockstep.web.door.boundary;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.glassfish.grizzly.Buffer;

/** A body that is coming in. It is copied, since each byte may come in a buffer of its own, which is a thousand times as large. */
final class Arrival {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private Future<?> deadline;

    /** Sets what happens at the deadline, to be called off when the body is complete. */
    void until(Future<?> expiry) {
        deadline = expiry;
    }

    void add(Buffer part) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        part.tryDispose();
        bytes.writeBytes(copy);
    }

    int size() {
        return bytes.size();
    }

    byte[] body() {
        return bytes.toByteArray();
    }

    /** {@return whether it ended just now; the second to ask, be it the last byte or the deadline, is told no} */
    boolean end() {
        return isOver.compareAndSet(false, true);
    }

    /** Calls the deadline off. */
    void callOff() {
        deadline.cancel(false);
    }
}
