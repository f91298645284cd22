package dev.lockstep.tests;

import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** The servers of a plan as the launcher starts them, on free ports. */
public final class PlanProcess implements AutoCloseable {

    private final LauncherProcess launcher;
    private final Path data;

    private PlanProcess(LauncherProcess launcher, Path data) {
        this.launcher = launcher;
        this.data = data;
    }

    /** Starts a plan, and returns at once. */
    public static PlanProcess start(Path data, String plan, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("LOCKSTEP_DATA_DIR", data.toString());
        all.put("LOCKSTEP_MACHINES_PORTS", "free");
        return new PlanProcess(LauncherProcess.start(all, "machines", plan), data);
    }

    /** Waits until all its servers serve. */
    public PlanProcess awaitReady() {
        launcher.awaitReady();
        return this;
    }

    /** Where a server's applications are. */
    public URI server(String name) {
        return URI.create(told(Pattern.quote(name) + " is at (http://127\\.0\\.0\\.1:\\d+/)"));
    }

    /** The operator's password, which a first start shows. */
    public String operatorPassword() {
        return told("log in as operator with the password (\\S+)");
    }

    /** A database, as its application enters it. */
    public DataSource database(String name) {
        int port = Integer.parseInt(told("Tables of the " + name + " database at 127\\.0\\.0\\.1:(\\d+)/"));
        return Schema.dataSource(new DatabaseSettings(
                name,
                Optional.empty(),
                port,
                name,
                name,
                Optional.of(new Secrets(data.resolve(Secrets.FILE)).of(name))));
    }

    /** The process of a server, now. */
    public ProcessHandle process(String server) {
        return launcher.child("machines/" + server + "/temp");
    }

    /** All that the launcher has said so far. */
    public String output() {
        return launcher.output();
    }

    private String told(String pattern) {
        Matcher line = Pattern.compile(pattern).matcher(launcher.output());
        if (!line.find()) {
            throw new AssertionError(pattern + " is not in\n" + launcher.output());
        }
        return line.group(1);
    }

    @Override
    public void close() {
        launcher.close();
    }
}
