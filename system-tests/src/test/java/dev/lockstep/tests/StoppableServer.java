package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A server for tests that stop and start it: each says in which state it needs it, and gets that at the least cost, whatever the test before
 * it left. Not thread-safe.
 */
final class StoppableServer implements AutoCloseable {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Path data;
    private final Map<String, String> settings;
    private LauncherProcess current;
    private boolean isStopped;

    /** On a new data folder, not yet running. */
    StoppableServer(Path data, Map<String, String> more) {
        PreparedFolder.putInto(data);
        this.data = data;
        this.settings = LauncherProcess.settings(data);
        settings.putAll(more);
    }

    Path data() {
        return data;
    }

    Databases databases() {
        return LauncherProcess.databases(settings);
    }

    /** The one that runs, or if there is none another on the same data. */
    LauncherProcess running() {
        return runningWith("LOCKSTEP_DATA_DIR", data.toString());
    }

    /** The same; if it is to be started, it is with this setting besides. */
    LauncherProcess runningWith(String setting, String value) {
        if (current == null || !current.process().isAlive()) {
            Map<String, String> all = new HashMap<>(settings);
            all.put(setting, value);
            isStopped = false;
            current = LauncherProcess.start(all).awaitReady();
        }
        return current;
    }

    /** It has run, and does so no more: a clean end. */
    void stopped() throws InterruptedException {
        if (isStopped) {
            return;
        }
        LauncherProcess last = running();
        last.process().destroy();
        assertThat(last.process().waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as(last::output)
                .isTrue();
        isStopped = true;
    }

    @Override
    public void close() {
        if (current != null) {
            current.close();
        }
    }
}
