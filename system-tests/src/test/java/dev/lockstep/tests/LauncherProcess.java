package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.process.Isolation;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The launcher as its users run it: {@code java -jar lockstep.jar}, a process of its own. It stops when this JVM is killed. */
public final class LauncherProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Process process;
    private final Path output;
    private final int httpPort;

    private LauncherProcess(Process process, Path output, int httpPort) {
        this.process = process;
        this.output = output;
        this.httpPort = httpPort;
    }

    /** Free ports and a data folder: all that a launcher needs to run beside others. */
    public static Map<String, String> settings(Path data) {
        Map<String, String> settings = new HashMap<>();
        settings.put("LOCKSTEP_DATA_DIR", data.toString());
        settings.put("LOCKSTEP_HTTP_PORT", Integer.toString(FreePorts.one()));
        settings.put("LOCKSTEP_PRODUCT_DB_PORT", Integer.toString(FreePorts.one()));
        settings.put("LOCKSTEP_ORDERS_DB_PORT", Integer.toString(FreePorts.one()));
        return settings;
    }

    /** Starts a launcher with these settings and no others. */
    public static LauncherProcess start(Map<String, String> settings, String... arguments) {
        return start(Path.of(System.getProperty("java.home")), TestFolders.distribution(), settings, arguments);
    }

    /** Starts one of another distribution, on another Java. */
    static LauncherProcess start(Path java, Path distribution, Map<String, String> settings, String... arguments) {
        try {
            Path output = Files.createTempFile(TestFolders.target(), "launcher-", ".log");
            List<String> command = new ArrayList<>(Isolation.tiedToLauncher("TERM"));
            command.addAll(List.of(
                    // A build in the background of a shell ignores SIGINT, and its children would, too.
                    "env",
                    "--default-signal=INT",
                    java.resolve("bin/java").toString(),
                    "-jar",
                    distribution.resolve("lockstep.jar").toString()));
            command.addAll(List.of(arguments));
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("LOCKSTEP_"));
            builder.environment().putAll(settings);
            if (settings.containsKey("LOCKSTEP_LOG_FORMAT")) {
                builder.environment().remove("JAVA_TOOL_OPTIONS"); // of which the JVM tells in a line that is no JSON
            }
            return new LauncherProcess(
                    TiedProcesses.start(builder),
                    output,
                    Integer.parseInt(settings.getOrDefault("LOCKSTEP_HTTP_PORT", "8080")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the shop takes orders. */
    public LauncherProcess awaitReady() {
        await(START_LIMIT, "Ready", () -> output().contains("Ready: ") || !process.isAlive());
        assertThat(process.isAlive()).as(this::outputAndLog).isTrue();
        return this;
    }

    /** With the end of the log that the output names, since the folder goes with the test. */
    private String outputAndLog() {
        Matcher log = Pattern.compile("its log: (\\S+)").matcher(output());
        try {
            return log.find() ? output() + "\n" + Files.readString(Path.of(log.group(1))) : output();
        } catch (IOException e) {
            return output() + "\nno log: " + e;
        }
    }

    /** Waits for the end of a command, or of a start that cannot succeed. */
    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as(this::output)
                .isTrue();
        return process.exitValue();
    }

    /** The operator's password, which is shown at a first start or at a renewal. */
    public String operatorPassword() {
        Matcher line = Pattern.compile(
                        "log in at http://127.0.0.1:[0-9]+/login.html as operator with the password (\\S+)")
                .matcher(output());
        assertThat(line.find()).as(this::output).isTrue();
        return line.group(1);
    }

    /** The API of the shop it runs. */
    public OrderApi api() {
        return new OrderApi(address());
    }

    /** Where the shop is. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + httpPort + "/");
    }

    /** Both databases of a launcher with these settings. */
    public static Databases databases(Map<String, String> settings) {
        Secrets secrets = new Secrets(Path.of(settings.get("LOCKSTEP_DATA_DIR"), "secrets.properties"));
        return new Databases(
                Schema.dataSource(embedded("product", settings.get("LOCKSTEP_PRODUCT_DB_PORT"), secrets)),
                Schema.dataSource(embedded("orders", settings.get("LOCKSTEP_ORDERS_DB_PORT"), secrets)));
    }

    private static DatabaseSettings embedded(String name, String port, Secrets secrets) {
        return new DatabaseSettings(
                name, Optional.empty(), Integer.parseInt(port), name, name, Optional.of(secrets.of(name)));
    }

    /** The launcher itself. */
    public Process process() {
        return process;
    }

    /** All that it has said so far. */
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All processes the launcher started that run now. */
    List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** The child whose command line has this word. */
    ProcessHandle child(String word) {
        return process.children()
                .filter(child -> child.info().commandLine().orElse("").contains(word))
                .findFirst()
                .orElseThrow();
    }

    /** Waits for something that must become true, without assuming how soon. */
    public static void await(Duration limit, String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + " within " + limit).isLessThan(deadline);
            try {
                never.await(100, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        List<ProcessHandle> children = children();
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
