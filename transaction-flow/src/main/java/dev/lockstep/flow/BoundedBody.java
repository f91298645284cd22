package dev.lockstep.flow;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A body that is held until it is whole, up to a limit. For one thread. */
final class BoundedBody extends OutputStream {

    private final BodyLimit limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    BoundedBody(BodyLimit limit) {
        this.limit = limit;
    }

    @Override
    public void write(int one) throws IOException {
        require(1);
        bytes.write(one);
    }

    @Override
    public void write(byte[] some, int offset, int length) throws IOException {
        require(length);
        bytes.write(some, offset, length);
    }

    private void require(int more) throws IOException {
        if (bytes.size() + more > limit.bytes()) {
            throw new IOException("The body of a request with a flow has at most " + limit.bytes() + " bytes ("
                    + BodyLimit.SETTING + "); it was not sent");
        }
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }

    void writeTo(OutputStream wire) throws IOException {
        bytes.writeTo(wire);
    }
}
