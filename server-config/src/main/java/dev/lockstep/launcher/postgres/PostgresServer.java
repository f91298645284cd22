package dev.lockstep.launcher.postgres;

import dev.lockstep.launcher.console.Reason;
import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.DataFolder;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.process.Orphans;
import dev.lockstep.launcher.process.Supervised;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An embedded PostgreSQL server with one database: a process of its own on loopback, with passwords, its data in a
 * folder. Nothing about it is softened: fsync is on.
 */
public final class PostgresServer implements Supervised {

    private static final String SUPERUSER = "postgres";
    private static final Duration START_LIMIT = Duration.ofMinutes(1);

    private final PostgresBinaries binaries;
    private final DatabaseSettings settings;
    private final DataDirectory data;
    private final Path log;
    private final String superuserPassword;
    private final DatabaseSettings owner;
    private final List<String> extraConfiguration;

    /**
     * A server, not yet running.
     *
     * @param binaries the programs
     * @param settings an embedded database, with its password
     * @param data the server's data folder, made by {@link #prepare()}
     * @param log the file for what it prints
     * @param secrets keeps the passwords of the superuser and the tables' owner
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
        this.data = new DataDirectory(data);
        this.log = log;
        this.superuserPassword = secrets.of(settings.name() + "." + SUPERUSER);
        this.owner = owner(settings, secrets);
        this.extraConfiguration = List.copyOf(extraConfiguration);
    }

    /**
     * The server of a database of the launcher's own, not yet running.
     *
     * @param folder has its programs, its data and its log
     * @param database the database, with its password
     * @param secrets keeps the other passwords
     * @return the server
     */
    public static PostgresServer in(DataFolder folder, DatabaseSettings database, Secrets secrets) {
        return new PostgresServer(
                PostgresBinaries.in(folder.path("")),
                database,
                folder.path(database.name()),
                folder.folder("logs").resolve(database.name() + ".log"),
                secrets,
                List.of());
    }

    /**
     * An embedded database, as the owner of its tables enters it.
     *
     * @param settings the database
     * @param secrets keeps the owner's password
     * @return the settings to migrate by, and to do what the application may not
     */
    public static DatabaseSettings owner(DatabaseSettings settings, Secrets secrets) {
        return settings.as(settings.user() + "_owner", secrets.of(settings.name() + ".owner"));
    }

    /**
     * Ends a server that a killed launcher left on this data folder.
     *
     * @param steps where it is told
     */
    public void endOrphan(Steps steps) {
        Orphans.end(name(), data.commandLineMark(), orphan -> interrupt(orphan.pid()), steps);
    }

    /**
     * Makes the data folder unless there is one, and configures it.
     *
     * @throws StartException if the folder belongs to another major version, or cannot be made
     */
    public void prepare() {
        try {
            data.prepare(binaries, SUPERUSER, superuserPassword, log);
            List<String> lines = new ArrayList<>(List.of(
                    "port = " + settings.port(),
                    "listen_addresses = '" + DatabaseSettings.LOOPBACK + "'",
                    "unix_socket_directories = ''",
                    "cluster_name = 'lockstep-" + settings.name() + "'"));
            lines.addAll(extraConfiguration);
            data.configure(lines);
        } catch (IOException e) {
            throw new StartException("Cannot prepare the data folder " + data.path() + ": " + Reason.of(e), e);
        }
    }

    /**
     * Makes the database and its roles unless there are, when the server runs.
     *
     * @return the database, as the owner of its tables enters it
     * @throws StartException if the server refuses
     */
    public DatabaseSettings provision() {
        return new Provisioning(settings, owner).apply(this::superuser);
    }

    @Override
    public String name() {
        return "PostgreSQL (" + settings.name() + ")";
    }

    @Override
    public ProcessBuilder command() {
        return binaries.command("INT", "postgres", "-D", data.path().toString());
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public boolean isReady() {
        PGSimpleDataSource impatient = superuser(SUPERUSER);
        impatient.setConnectTimeout(1);
        impatient.setSocketTimeout(1);
        try (Connection connection = impatient.getConnection()) {
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
        interrupt(process.pid());
    }

    private void interrupt(long pid) {
        try {
            binaries.command("TERM", "pg_ctl", "kill", "INT", Long.toString(pid))
                    .start();
        } catch (IOException e) {
            System.getLogger(PostgresServer.class.getName()).log(Level.WARNING, "Cannot ask " + name() + " to stop", e);
        }
    }

    private PGSimpleDataSource superuser(String database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {DatabaseSettings.LOOPBACK});
        dataSource.setPortNumbers(new int[] {settings.port()});
        dataSource.setDatabaseName(database);
        dataSource.setUser(SUPERUSER);
        dataSource.setPassword(superuserPassword);
        return dataSource;
    }
}
