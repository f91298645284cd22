package dev.lockstep.tests.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.launcher.process.Isolation;
import dev.lockstep.participant.FlowParticipant;
import dev.lockstep.tests.FreePorts;
import dev.lockstep.tests.LauncherProcess;
import dev.lockstep.tests.TestFolders;
import dev.lockstep.tests.flow.plain.ScopeServlet;
import dev.lockstep.tests.flow.refused.StockClient;
import dev.lockstep.tests.flow.refused.Unmanaged;
import dev.lockstep.tests.killmatrix.ChildProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A Payara Micro with nothing of Lockstep in its lib folder: an application with scopes, and others whose flows cannot be deployed. One of these brings the
 * flow's jars along, so that there is a peers file for it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlainPayaraIT {

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final String REFUSED =
            "The application cannot be deployed, since transactions cannot flow as is declared:\n";
    private static final String CLASSES = "  " + StockClient.class.getPackageName() + ".";

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePorts.one();
    private Path folder;
    private ChildProcess server;
    private Path log;

    @BeforeAll
    void start() throws IOException {
        folder = Files.createTempDirectory(TestFolders.target(), "plain-").toAbsolutePath();
        log = folder.resolve("payara.log");
        Path boot = Files.writeString(
                folder.resolve("boot.asadmin"),
                "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1\n");
        List<String> words = new ArrayList<>(Isolation.tiedToLauncher("TERM"));
        words.addAll(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + folder,
                "-jar",
                TestFolders.distribution().resolve("payara-micro.jar").toString(),
                "--nohazelcast",
                "--disablephonehome",
                "--prebootcommandfile",
                boot.toString(),
                "--port",
                Integer.toString(port),
                "--deploy",
                plain("plain.war"),
                "--deploy",
                refused("refused.war"),
                "--deploy",
                strayed("strayed.war"),
                "--deploy",
                unmanaged("unmanaged.war")));
        ProcessBuilder command = new ProcessBuilder(words);
        command.environment().put("LOCKSTEP_FLOW_PEERS_FILE", peers());
        command.environment().put("LOCKSTEP_FLOW_NODE", "client");
        server = ChildProcess.start(command, log);
        LauncherProcess.await(
                LIMIT, "all is deployed or refused", () -> !server.isAlive() || said().contains(" ready in "));
        assertThat(server.isAlive()).as(this::said).isTrue();
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.kill();
        }
    }

    private String plain(String name) {
        return written(name, archive(name).addPackage(ScopeServlet.class.getPackage()));
    }

    private String refused(String name) {
        return written(name, archive(name).addPackage(StockClient.class.getPackage()));
    }

    /** Has the jars, and calls a server that is no peer's. */
    private String strayed(String name) {
        return written(
                name,
                archive(name)
                        .addPackage(StockClient.class.getPackage())
                        .deleteClass(Unmanaged.class)
                        .addAsLibraries(
                                Archives.jarOf(dev.lockstep.flow.server.FlowServer.class),
                                Archives.jarOf(FlowParticipant.class))
                        .addAsResource(
                                new StringAsset("stock/mp-rest/uri=http://127.0.0.1:9\n"),
                                "META-INF/microprofile-config.properties"));
    }

    private String unmanaged(String name) {
        return written(name, archive(name).addClass(Unmanaged.class));
    }

    private static WebArchive archive(String name) {
        return ShrinkWrap.create(WebArchive.class, name)
                .addAsLibrary(Archives.jarOf(dev.lockstep.flow.TransactionScope.class));
    }

    private String written(String name, WebArchive archive) {
        Path file = folder.resolve(name);
        archive.as(ZipExporter.class).exportTo(file.toFile(), true);
        return file.toString();
    }

    private String peers() throws IOException {
        Path file = Files.write(
                folder.resolve("client.peers"),
                List.of(
                        "client = http://127.0.0.1:" + port + " | http://127.0.0.1:" + FreePorts.one(),
                        "product = http://127.0.0.1:1 | http://127.0.0.1:2 | " + PeersFiles.newKey()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file.toString();
    }

    /** What WCF's TransactionScope does, with the server's own transaction manager alone. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            complete         | returned: a b
            incomplete       | returned:
            requires-new     | returned: own
            suppress         | returned: suppressed
            inner-incomplete | TransactionAbortedException:
            inner-too-late   | TransactionAbortedException:
            vote-of-no       | TransactionAbortedException:
            lost-answer      | TransactionInDoubtException:
            ejb              | returned: own
            ejb-beside       | returned: beside outer
            ejb-begins       | EJBException:
            left-open        | returned:
            left-behind      | returned:
            complete         | returned: a b
            """)
    void scopeWithoutAnyOtherPart(String play, String outcome) throws Exception {
        assertThat(get("plain/scope?case=" + play)).isEqualTo("200 " + outcome);
    }

    @Test
    void scopeThatARequestLeavesOpen_isToldInTheLog() throws Exception {
        get("plain/scope?case=left-open");
        assertThat(said()).contains("A request to /plain has left a TransactionScope open, which is rolled back");
    }

    /** All faults of the beans and of what is injected: MANDATORY without peers, an asynchronous EJB, an answer that comes later. */
    @Test
    void flowsThatCannotBe_areRefusedAtDeployment_allAtOnce() throws Exception {
        assertThat(said())
                .contains(
                        REFUSED
                                + CLASSES
                                + "LaterResource.later is declared @TransactionFlow(ALLOWED), but it answers later, by CompletionStage\n"
                                + CLASSES
                                + "OneWayService.later is declared @TransactionFlow(ALLOWED), but it works on another thread, by @jakarta.ejb.Asynchronous\n"
                                + CLASSES
                                + "StockClient.decrease is declared @TransactionFlow(MANDATORY), but this server has no peers file");
        assertThat(get("refused/later")).startsWith("404");
    }

    @Test
    void clientWhoseAddressIsNoPeers_isRefusedAtDeployment() throws Exception {
        assertThat(said())
                .contains(
                        CLASSES
                                + "StockClient.decrease is declared @TransactionFlow(MANDATORY), but its client's base address http://127.0.0.1:9 is no peer's");
        assertThat(get("strayed/later")).startsWith("404");
    }

    @Test
    void resourceThatIsNoBean_isRefusedAtDeployment_too() throws Exception {
        assertThat(said())
                .contains(
                        REFUSED
                                + CLASSES
                                + "Unmanaged.suspended is declared @TransactionFlow(ALLOWED), but it answers later, by AsyncResponse");
        assertThat(get("unmanaged/unmanaged")).startsWith("404");
    }

    private String get(String path) throws Exception {
        var answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + path))
                        .timeout(Duration.ofMinutes(1))
                        .build(),
                BodyHandlers.ofString());
        return (answer.statusCode() + " " + answer.body()).strip();
    }

    private String said() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
