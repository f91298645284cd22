package dev.lockstep.launcher.payara;

import dev.lockstep.launcher.console.Reason;
import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.FileTree;
import dev.lockstep.launcher.process.Isolation;
import dev.lockstep.launcher.process.Orphans;
import dev.lockstep.launcher.process.Supervised;
import dev.lockstep.launcher.settings.Setting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Payara Micro with the application, configured by the boot commands of the distribution. */
public final class PayaraMicro implements Supervised {

    /** Several of a plan start at once, on a machine that may be busy. What fails is found sooner by its own words. */
    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    /** Orders that wait when the server is stopped hear so at once, and commits under way take less. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);

    /** On a busy machine it may be slow. */
    private static final Duration SIGN_OF_LIFE_LIMIT = Duration.ofSeconds(5);

    /**
     * Shut until the application is deployed. Payara opens its listener first and would answer 404 meanwhile, also for an
     * order that exists.
     */
    private static final String DOOR =
            "set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.enabled=";

    /** Whatever the machine speaks: Payara's words are read in its log, and in Turkish it cannot deploy ({@code "dynamic".toUpperCase()}). */
    static final List<String> JVM_OPTIONS = List.of(
            "-Dfile.encoding=UTF-8",
            "-Duser.language=en",
            // Rather dead, and started again, than half alive.
            "-XX:+ExitOnOutOfMemoryError");

    private final Path distribution;
    private final ServerParts parts;
    private final Path home;
    private final int port;
    private final URI url;
    private final Map<String, String> environment;
    private final Path temp;
    private final ServerLog log;

    /** Of the process that was started last. */
    private SignOfLife signOfLife;

    /** HTTP/1.1: an upgrade to HTTP/2 while the server starts can stay without an answer. */
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(ANSWER_LIMIT)
            .build();

    /**
     * A server, not yet running.
     *
     * @param distribution the folder with payara-micro.jar, client.war, postgresql.jar, participant.jar and lockstep.asadmin
     * @param home the folder that the server is unpacked into, unless it is there
     * @param url where it is reached from this machine
     * @param environment what the boot commands read, and what tells the format of the log and the largest heap
     * @param temp a folder for its temporary files, emptied at every start
     * @param log the file for what it prints
     */
    public PayaraMicro(Path distribution, Path home, URI url, Map<String, String> environment, Path temp, Path log) {
        this(distribution, distribution.resolve("client.war"), home, url, environment, temp, log);
    }

    /**
     * A server with another application, not yet running.
     *
     * @param distribution the folder with payara-micro.jar, postgresql.jar, participant.jar and lockstep.asadmin
     * @param application the archive that is deployed
     * @param home the folder that the server is unpacked into, unless it is there
     * @param url where it is reached from this machine
     * @param environment what the boot commands read, and what tells the format of the log and the largest heap
     * @param temp a folder for its temporary files, emptied at every start
     * @param log the file for what it prints
     */
    public PayaraMicro(
            Path distribution,
            Path application,
            Path home,
            URI url,
            Map<String, String> environment,
            Path temp,
            Path log) {
        this(distribution, ServerParts.ofShop(distribution, application), home, url, environment, temp, log);
    }

    /**
     * A server of these parts, not yet running.
     *
     * @param distribution the folder with payara-micro.jar
     * @param parts what else it is made of
     * @param home the folder that the server is unpacked into, unless it is there
     * @param url where it is reached from this machine
     * @param environment what the boot commands read, and what tells the format of the log and the largest heap
     * @param temp a folder for its temporary files, emptied at every start
     * @param log the file for what it prints
     */
    public PayaraMicro(
            Path distribution,
            ServerParts parts,
            Path home,
            URI url,
            Map<String, String> environment,
            Path temp,
            Path log) {
        this.distribution = distribution;
        this.parts = parts;
        this.home = home;
        this.port = url.getPort();
        this.url = url;
        this.environment = Map.copyOf(environment);
        this.temp = temp;
        this.log = new ServerLog(log);
    }

    @Override
    public String name() {
        return parts.name();
    }

    /**
     * Unpacks the server into its home, unless an earlier start did.
     *
     * @throws StartException if it cannot be unpacked
     */
    public void prepare() {
        unpacked();
    }

    @Override
    public ProcessBuilder command() {
        emptyTemp();
        UnpackedMicro micro = unpacked();
        ClassArchive archive = new ClassArchive(micro);
        signOfLife = SignOfLife.atFreePort(port);
        Path beforeBoot = commands(
                "before-boot.asadmin",
                bootCommands() + "\n" + String.join("\n", signOfLife.bootCommands()) + "\n" + DOOR + false);
        Path afterDeployment = commands("after-deployment.asadmin", DOOR + true);
        List<String> command = new ArrayList<>(Isolation.tiedToLauncher("TERM"));
        command.add(ClassArchive.java());
        command.addAll(archive.isThere() ? archive.use() : ClassArchive.writeDown(classes()));
        command.addAll(List.of(
                // Its configuration is written there, anew at each start; a killed server would leave it in the
                // system's folder.
                tempOption()));
        command.addAll(JVM_OPTIONS);
        Map<String, String> variables = new HashMap<>(System.getenv());
        variables.putAll(environment);
        command.addAll(JvmMemory.options(variables));
        Optional.ofNullable(environment.get(Setting.MAX_HEAP.variable()))
                .ifPresent(megabytes -> command.add("-Xmx" + megabytes + "m"));
        command.addAll(micro.words());
        command.addAll(List.of(
                "--nohazelcast",
                "--disablephonehome",
                "--prebootcommandfile",
                beforeBoot.toString(),
                "--postdeploycommandfile",
                afterDeployment.toString(),
                "--port",
                Integer.toString(port),
                "--deploy",
                parts.application().toString(),
                "--contextroot",
                "/",
                "--shutdowngrace",
                Long.toString(GRACE.toMillis())));
        command.addAll(List.of("--logproperties", logProperties().toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder;
    }

    /**
     * Makes what lets the next start be faster, unless it is there. The server must be ready.
     *
     * @return whether anything was made
     * @throws StartException if it could not be made; then the next start is as slow as this one
     */
    public boolean hasten() {
        ClassArchive archive = new ClassArchive(unpacked());
        return !archive.isThere() && archive.make(classes());
    }

    /**
     * Deletes the servers of other versions in the home, of which none may run.
     *
     * @return what was deleted
     * @throws IOException if something stays
     */
    public List<Path> dropEarlierVersions() throws IOException {
        return FileTree.deleteOtherVersions(
                home, UnpackedMicro.PREFIX, unpacked().name());
    }

    private Path logProperties() {
        Path properties = temp.resolve("logging.properties");
        boolean isJson = Setting.LOG_FORMAT_JSON.equals(environment.get(Setting.LOG_FORMAT.variable()));
        LogFormat.write(distribution.resolve("payara-micro.jar"), isJson, properties);
        return properties;
    }

    private UnpackedMicro unpacked() {
        return UnpackedMicro.in(home, distribution.resolve("payara-micro.jar"), parts.libraries());
    }

    private Path classes() {
        return temp.resolve("classes.list");
    }

    @Override
    public Path log() {
        return log.file();
    }

    @Override
    public boolean isReady() {
        // An empty list of checks is an UP, too: the application must have brought its own. A server that cannot give a
        // sign of life would
        // be killed for it, however well it works.
        return answers()
                && answer(url.resolve("/health/ready"), ANSWER_LIMIT)
                        .filter(answer -> answer.statusCode() == 200 && isOfApplication(answer.body()))
                        .isPresent();
    }

    /** Of an application that need not bring a check the log must tell that it is there. */
    private boolean isOfApplication(String checks) {
        return parts.check().map(checks::contains).orElseGet(log::hasApplication);
    }

    @Override
    public boolean answers() {
        return answer(signOfLife.address(), SIGN_OF_LIFE_LIMIT).isPresent();
    }

    private Optional<HttpResponse<String>> answer(URI address, Duration limit) {
        CompletableFuture<HttpResponse<String>> answer =
                http.sendAsync(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        try {
            return Optional.of(answer.get(limit.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            answer.cancel(true); // lest its connection stay open
        }
    }

    /** {@return the doctor's errors, or boot commands that failed, one a line} */
    @Override
    public Optional<String> failure() {
        List<String> errors = log.errors();
        return errors.isEmpty() ? Optional.empty() : Optional.of(String.join(System.lineSeparator(), errors));
    }

    /** Nobody keeps the port free that was chosen for its sign of life; the next start chooses another. */
    @Override
    public boolean hasFailedByChance() {
        return log.hasNotBound();
    }

    /**
     * Ends a server that a killed launcher left with these files.
     *
     * @param steps where it is told
     */
    public void endOrphan(Steps steps) {
        Orphans.end(name(), List.of(tempOption()), ProcessHandle::destroy, steps);
    }

    /** {@return the doctor's doubts} */
    public List<String> warnings() {
        return log.warnings();
    }

    @Override
    public Duration startLimit() {
        return START_LIMIT;
    }

    @Override
    public void requestStop(Process process) {
        process.destroy();
    }

    private String tempOption() {
        return "-Djava.io.tmpdir=" + temp;
    }

    private String bootCommands() {
        try {
            StringBuilder commands = new StringBuilder();
            for (Path file : parts.bootFiles()) {
                commands.append(Files.readString(file)).append('\n');
            }
            return commands.toString();
        } catch (IOException e) {
            throw new StartException("Cannot read the boot commands: " + Reason.of(e), e);
        }
    }

    private Path commands(String name, String commands) {
        try {
            return Files.writeString(temp.resolve(name), commands + "\n");
        } catch (IOException e) {
            throw new StartException("Cannot write boot commands into " + temp + ": " + Reason.of(e), e);
        }
    }

    private void emptyTemp() {
        try {
            FileTree.delete(temp);
            Files.createDirectories(temp);
        } catch (IOException e) {
            throw new StartException("Cannot empty the folder " + temp + ": " + Reason.of(e), e);
        }
    }
}
