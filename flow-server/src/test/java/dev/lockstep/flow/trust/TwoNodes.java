package dev.lockstep.flow.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/** The nodes {@code client} and {@code product}, who share a key, each with a peers file and a clock of its own. */
public final class TwoNodes {

    /** What both know: the bytes 0 to 31. */
    public static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

    static final String OTHER_KEY = "Hx4dHBsaGRgXFhUUExIREA8ODQwLCgkIBwYFBAMCAQA";
    static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

    final Path clientFile;
    final Path productFile;
    public final SetClock clientClock = new SetClock();
    public final SetClock productClock = new SetClock();

    /** The time that only goes forward, at both. */
    final AtomicLong ticker = new AtomicLong();

    /** Writes the files. */
    public TwoNodes(Path folder) throws IOException {
        clientFile = folder.resolve("client.peers");
        productFile = folder.resolve("product.peers");
        writeClient(KEY);
        writeProduct(KEY);
    }

    public void writeClient(String keys) throws IOException {
        write(
                clientFile,
                "client = http://127.0.0.1:8001 | http://127.0.0.1:8491\n"
                        + "product = http://127.0.0.1:8002/shop | http://127.0.0.1:8492 | " + keys + "\n");
    }

    public void writeProduct(String keys) throws IOException {
        write(
                productFile,
                "# product's own\n\n"
                        + "product = http://127.0.0.1:8002/shop | http://127.0.0.1:8492\n"
                        + "client = http://127.0.0.1:8001 | http://127.0.0.1:8491 | " + keys + "\n");
    }

    static void write(Path path, String text) throws IOException {
        new PeersFile(path).write(text);
    }

    public Peers client() throws IOException {
        return Peers.open(clientFile, "client", ticker::get);
    }

    public Peers product() throws IOException {
        return Peers.open(productFile, "product", ticker::get);
    }

    /** Lets time pass for both, so that the files are read again. */
    public void pass(Duration time) {
        ticker.addAndGet(time.toNanos());
        clientClock.pass(time);
        productClock.pass(time);
    }

    /** A clock that stands, and can be set. */
    public static final class SetClock extends Clock {

        private Instant now = NOON;

        public void pass(Duration time) {
            now = now.plus(time);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
