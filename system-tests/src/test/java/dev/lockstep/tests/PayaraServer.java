package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.launcher.data.FileTree;
import dev.lockstep.launcher.process.Isolation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The full Payara Server as its users run it: asadmin, a domain of its own, and the boot commands that Payara Micro gets.
 * Not thread-safe. The server ends with the thread that started it, however that ends, where {@link Isolation} can tie it.
 */
final class PayaraServer implements AutoCloseable {

    private static final String DOMAIN = "lockstep";
    private static final List<String> JARS = List.of("postgresql.jar", "participant.jar");
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final Duration POLL = Duration.ofMillis(200);

    /** create-domain counts a domain's ports from a base; these are the ones used here, and the last of all. */
    private static final int ADMIN_PORT = 48;

    private static final int HTTP_PORT = 80;
    private static final int LAST_PORT = 86;

    private final Path installation;
    private final Path folder;
    private final int portBase;
    private Process console;

    /**
     * A server without a domain, not running.
     *
     * @param installation the unpacked distribution
     */
    PayaraServer(Path installation) {
        this.installation = installation;
        // Two forks of the tests may have one each.
        this.folder = TestFolders.target()
                .resolve("payara-domains-" + ProcessHandle.current().pid());
        this.portBase = FreePorts.firstOf(LAST_PORT + 1);
    }

    /** Makes the domain anew and starts it, with driver, participant, the boot commands of the distribution, and the README's own. */
    void start() throws Exception {
        createDomain();
        for (String jar : JARS) {
            Files.copy(
                    TestFolders.distribution().resolve(jar),
                    domain().resolve("lib").resolve(jar));
        }
        startDomain(commands());
        asadmin("set", "configs.config.server-config.network-config.protocols.protocol.*.http.xpowered-by=false");
        asadmin("set-log-attributes", "com.sun.enterprise.server.logging.GFFileHandler.maxHistoryFiles=9");
    }

    /** Makes the domain anew and starts it as it comes, but on loopback: with no jar, and with Payara's own log and recovery. */
    void startPlain() throws Exception {
        createDomain();
        startDomain(Files.writeString(folder.resolve("plain.asadmin"), """
                set configs.config.server-config.*.address=127.0.0.1
                set configs.config.server-config.hazelcast-config-specific-configuration.enabled=false
                set configs.config.server-config.transaction-service.property.xa-servername=plain
                """));
    }

    private void createDomain() throws Exception {
        FileTree.delete(folder);
        Files.createDirectories(folder);
        asadmin("create-domain", "--nopassword", "--portbase", "" + portBase, "--domaindir", "" + folder, DOMAIN);
    }

    private void startDomain(Path bootCommands) throws Exception {
        // A boot command that failed shows only with --verbose: it runs before there is a log file.
        List<String> command = command(
                "start-domain",
                "--verbose",
                "--domaindir",
                "" + folder,
                "--prebootcommandfile",
                "" + bootCommands,
                DOMAIN);
        command.addAll(0, Isolation.tiedToLauncher("TERM"));
        console = process(command, consoleLog());
        await("the server is up", () -> end(process(command("uptime"), folder.resolve("uptime.log"))) == 0);
    }

    /** Deploys the built WAR as the root of the server. */
    void deployClientWar() throws Exception {
        asadmin("deploy", "--contextroot", "/", "" + TestFolders.distribution().resolve("client.war"));
    }

    /** Deploys the built WAR once more, in the place of the one before. */
    void redeployClientWar() throws Exception {
        asadmin("redeploy", "--name", "client", "" + TestFolders.distribution().resolve("client.war"));
    }

    /** Asks the server's JVM, by a command of {@code jcmd}. */
    Stream<String> jcmd(String question) throws Exception {
        Path output = folder.resolve(question + ".log");
        long server = console.descendants().findFirst().orElseThrow().pid();
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        assertThat(end(process(List.of("" + jcmd, "" + server, question), output)))
                .as(question)
                .isZero();
        return Files.readAllLines(output).stream();
    }

    /** Stops the domain, and waits for the end of its processes. */
    void stop() throws Exception {
        List<ProcessHandle> running = processes();
        asadmin("stop-domain", "--domaindir", "" + folder, DOMAIN);
        assertThat(console.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                .as(this::printed)
                .isTrue();
        assertThat(running).hasSize(2).noneMatch(ProcessHandle::isAlive);
    }

    /** Leaves no process behind, whatever happened before. */
    @Override
    public void close() {
        processes().forEach(ProcessHandle::destroyForcibly);
    }

    /** Runs a command to its end; if it fails, so does the test, with all that the command said. */
    String asadmin(String... words) throws Exception {
        Path output = folder.resolve(words[0] + ".log");
        int exit = end(process(command(words), output));
        String said = Files.readString(output);
        assertThat(exit).as(() -> words[0] + ": " + said).isZero();
        return said;
    }

    /** Waits for something that must become true while the server runs, without assuming how soon. */
    void await(String what, Condition condition) throws Exception {
        await(() -> what, condition);
    }

    /** The same, where only the last look can tell what is missing. */
    void await(Supplier<String> what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.isMet()) {
            assertThat(console.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS))
                    .as(() -> what.get() + ", but it ended: " + printed())
                    .isFalse();
            assertThat(System.nanoTime())
                    .as(() -> what.get() + " within " + LIMIT + ": " + printed())
                    .isLessThan(deadline);
        }
    }

    /** All that the server has printed. */
    String printed() {
        try {
            return Files.readString(consoleLog());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the server answers. */
    URI url() {
        return URI.create("http://127.0.0.1:" + (portBase + HTTP_PORT) + "/");
    }

    /** The configuration that the domain keeps. */
    Path domainXml() {
        return domain().resolve("config/domain.xml");
    }

    static Path commands() {
        return TestFolders.distribution().resolve("lockstep.asadmin");
    }

    private Path domain() {
        return folder.resolve(DOMAIN);
    }

    private Path consoleLog() {
        return folder.resolve("console.log");
    }

    private List<String> command(String... words) {
        List<String> command = new ArrayList<>(List.of("" + installation.resolve("bin/asadmin")));
        command.addAll(List.of("--interactive=false", "--port", "" + (portBase + ADMIN_PORT)));
        command.addAll(List.of(words));
        return command;
    }

    private Process process(List<String> command, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("AS_JAVA", System.getProperty("java.home"));
        // asadmin keeps a cache in the home directory.
        builder.environment().put("AS_EXTRA_JAVA_OPTS", "-Duser.home=.");
        builder.environment().putAll(TestDatabases.environment());
        builder.environment().put("LOCKSTEP_SERVER_NAME", "payara-server");
        return builder.start();
    }

    private static int end(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .as(() -> process.info() + " ends within " + LIMIT)
                    .isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** The server and asadmin, which waits for it. */
    private List<ProcessHandle> processes() {
        return console == null
                ? List.of()
                : Stream.concat(console.descendants(), Stream.of(console.toHandle()))
                        .toList();
    }

    /** Something that becomes true. */
    @FunctionalInterface
    interface Condition {

        /** {@return whether it is true now} */
        boolean isMet() throws Exception;
    }
}
