package dev.lockstep.launcher.postgres;

import dev.lockstep.launcher.StartException;
import dev.lockstep.launcher.data.DataFolder;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.process.Isolation;
import dev.lockstep.launcher.process.Supervised;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.postgresql.core.Utils;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An embedded PostgreSQL server with one database: a process of its own on loopback, with passwords, its data in a
 * folder. Nothing about it is softened: fsync is on.
 */
public final class PostgresServer implements Supervised {

    private static final String SUPERUSER = "postgres";
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int TOOL_SECONDS = 120;

    private final PostgresBinaries binaries;
    private final DatabaseSettings settings;
    private final Path data;
    private final Path log;
    private final String superuserPassword;
    private final List<String> extraConfiguration;

    /**
     * A server, not yet running.
     *
     * @param binaries the programs
     * @param settings an embedded database, with its password
     * @param data the server's data folder, made by {@link #prepare()}
     * @param log the file for what it prints
     * @param secrets keeps the superuser's password
     * @param extraConfiguration further lines of postgresql.conf, which win over the others
     */
    public PostgresServer(
            PostgresBinaries binaries,
            DatabaseSettings settings,
            Path data,
            Path log,
            Secrets secrets,
            List<String> extraConfiguration) {
        this.binaries = binaries;
        this.settings = settings;
        this.data = data;
        this.log = log;
        this.superuserPassword = secrets.of(settings.name() + "." + SUPERUSER);
        this.extraConfiguration = List.copyOf(extraConfiguration);
    }

    /**
     * Makes the data folder unless there is one, configures it, and ends a server that a killed launcher left in it.
     *
     * @throws StartException if the folder belongs to another major version, or cannot be made
     */
    public void prepare() {
        try {
            if (Files.exists(data)) {
                requireMajorVersion();
                stopOrphan();
            } else {
                initialize();
            }
            configure();
        } catch (IOException e) {
            throw new StartException("Cannot prepare the data folder " + data + ": " + e, e);
        }
    }

    /**
     * Makes the database and its application role unless there are, when the server runs.
     *
     * @throws StartException if the server refuses
     */
    public void provision() {
        try (Connection connection = superuser(SUPERUSER).getConnection()) {
            if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = ?", settings.database())) {
                execute(connection, "CREATE DATABASE " + identifier(settings.database()));
            }
        } catch (SQLException e) {
            throw new StartException("Cannot make the database " + settings.database() + ": " + e.getMessage(), e);
        }
        try (Connection connection = superuser(settings.database()).getConnection()) {
            if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = ?", settings.user())) {
                connection.setAutoCommit(false);
                execute(connection, provisioningScript());
                connection.commit();
            }
        } catch (SQLException | IOException e) {
            throw new StartException("Cannot make the role " + settings.user() + ": " + e.getMessage(), e);
        }
    }

    /**
     * The superuser's way in, for provisioning and for looking from outside.
     *
     * @param database a database of this server
     * @return a datasource without a pool
     */
    public PGSimpleDataSource superuser(String database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {DatabaseSettings.LOOPBACK});
        dataSource.setPortNumbers(new int[] {settings.port()});
        dataSource.setDatabaseName(database);
        dataSource.setUser(SUPERUSER);
        dataSource.setPassword(superuserPassword);
        dataSource.setConnectTimeout(1);
        dataSource.setSocketTimeout(TOOL_SECONDS);
        return dataSource;
    }

    @Override
    public String name() {
        return "PostgreSQL (" + settings.name() + ")";
    }

    @Override
    public ProcessBuilder command() {
        List<String> command = new ArrayList<>(Isolation.notAsRoot());
        command.addAll(Isolation.tiedToLauncher("INT"));
        command.addAll(List.of(binaries.program("postgres"), "-D", data.toString()));
        return new ProcessBuilder(command);
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public boolean isReady() {
        try (Connection connection = superuser(SUPERUSER).getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public Duration startLimit() {
        return START_LIMIT;
    }

    /** A fast shutdown: running transactions are rolled back, prepared ones are kept. */
    @Override
    public void requestStop(Process process) {
        run("pg_ctl", "kill", "INT", Long.toString(process.pid()));
    }

    private void requireMajorVersion() throws IOException {
        Path file = data.resolve("PG_VERSION");
        String found = Files.exists(file) ? Files.readString(file).strip() : "none";
        if (!found.equals(PostgresBinaries.majorVersion())) {
            throw new StartException(
                    "The data folder " + data + " belongs to PostgreSQL " + found
                            + ", this server is PostgreSQL " + PostgresBinaries.majorVersion()
                            + "; use the Lockstep it was made with, carry the data over with pg_dump, or choose another LOCKSTEP_DATA_DIR");
        }
    }

    private void stopOrphan() throws IOException {
        if (Files.exists(data.resolve("postmaster.pid")) && run("pg_ctl", "status", "-D", data.toString())) {
            run("pg_ctl", "stop", "-D", data.toString(), "-m", "fast", "-w");
        }
    }

    private void initialize() throws IOException {
        // Made aside and renamed, so that a start that was killed leaves nothing half done.
        Path unfinished = data.resolveSibling(data.getFileName() + ".unfinished");
        DataFolder.deleteTree(unfinished);
        Path passwordFile = Files.createTempFile("lockstep", null);
        try {
            Files.writeString(passwordFile, superuserPassword);
            boolean done = run(
                    "initdb",
                    "--pgdata=" + unfinished,
                    "--username=" + SUPERUSER,
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--locale=C");
            if (!done) {
                throw new StartException("initdb failed; its output: " + log);
            }
        } finally {
            Files.delete(passwordFile);
        }
        Files.move(unfinished, data);
    }

    private void configure() throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Written by the launcher at every start.");
        lines.addAll(resource("/postgres/lockstep.conf").lines().toList());
        lines.add("port = " + settings.port());
        lines.add("listen_addresses = '" + DatabaseSettings.LOOPBACK + "'");
        lines.add("unix_socket_directories = ''");
        lines.add("cluster_name = 'lockstep-" + settings.name() + "'");
        lines.addAll(extraConfiguration);
        Files.write(data.resolve("postgresql.conf"), lines);
    }

    private String provisioningScript() throws IOException, SQLException {
        return resource("/postgres/provision.sql")
                .replace(":\"role\"", identifier(settings.user()))
                .replace(":\"database\"", identifier(settings.database()))
                .replace(":'password'", literal(settings.password().orElseThrow()));
    }

    private boolean run(String program, String... arguments) {
        List<String> command = new ArrayList<>(Isolation.notAsRoot());
        command.add(binaries.program(program));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            if (!process.waitFor(TOOL_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException e) {
            throw new StartException("Cannot run " + command + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean exists(Connection connection, String query, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, name);
            return statement.executeQuery().next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String identifier(String name) throws SQLException {
        return Utils.escapeIdentifier(null, name).toString();
    }

    private static String literal(String text) throws SQLException {
        return "'" + Utils.escapeLiteral(null, text, true) + "'";
    }

    private static String resource(String name) throws IOException {
        try (InputStream resource = PostgresServer.class.getResourceAsStream(name)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
