package dev.lockstep.launcher;

import dev.lockstep.launcher.archive.Archive;
import dev.lockstep.launcher.archive.ArchiveOptions;
import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.DataFolder;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.machines.PlanStart;
import dev.lockstep.launcher.operator.OperatorAccount;
import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.launcher.postgres.FirstLook;
import dev.lockstep.launcher.postgres.PostgresServer;
import dev.lockstep.launcher.postgres.PreparedBranches;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.postgres.Sql;
import dev.lockstep.launcher.process.Supervision;
import dev.lockstep.launcher.settings.DatabaseSettings;
import dev.lockstep.launcher.settings.Setting;
import dev.lockstep.launcher.settings.Settings;
import dev.lockstep.launcher.start.Aftermath;
import dev.lockstep.launcher.start.Foreground;
import dev.lockstep.launcher.start.Preparation;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Starts a Lockstep server: its databases, if they are embedded, and Payara Micro with the application. */
public final class Launcher {

    private static final int EXIT_FAILED = 1;
    private static final int EXIT_USAGE = 2;

    private final Settings settings;
    private final Steps steps;
    private final Supervision supervision;

    /** Held as long as the launcher lives: with it goes the lock that keeps other launchers out. */
    private DataFolder folder;

    private Launcher(Settings settings, Steps steps) {
        this.settings = settings;
        this.steps = steps;
        this.supervision = new Supervision(steps);
    }

    /**
     * The command line: {@code run} (the default), {@code migrate}, {@code operator}, {@code sql}, {@code archive}, {@code machines} or {@code
     * help}.
     *
     * @param arguments one command at most, of {@code sql} with the database and the statement, of {@code archive} with its options, and of {@code
     *     machines} with the plan's name
     */
    public static void main(String[] arguments) {
        PrintStream out = standardOutput();
        String command = arguments.length == 0 ? "run" : arguments[0];
        if (!CommandLine.isUnderstood(command, arguments)) {
            out.println("Unknown command: " + String.join(" ", arguments));
            CommandLine.printHelp(out);
            System.exit(EXIT_USAGE);
        }
        if (command.endsWith("help") || command.equals("-h")) {
            CommandLine.printHelp(out);
            return;
        }
        Steps steps = new Steps(out, Clock.systemUTC());
        // First of all: what the settings lack may be what is spelt wrongly.
        tellUnknownSettings(steps);
        try {
            if (command.equals("machines")) {
                new PlanStart(distribution(), arguments[1], environment(), steps).run();
                return;
            }
            Launcher launcher = new Launcher(Settings.from(environment()), steps);
            switch (command) {
                case "migrate" -> launcher.migrate();
                case "operator" -> launcher.renewOperatorPassword();
                case "sql" -> launcher.runSql(arguments[1], arguments[2], out);
                case "archive" -> launcher.archive(Stream.of(arguments).skip(1).toList());
                default -> new Foreground(steps, launcher.supervision).run(launcher::start);
            }
        } catch (StartException e) {
            out.println(CommandLine.failureOf(command));
            e.getMessage().lines().forEach(line -> out.println("  " + line));
            System.exit(EXIT_FAILED);
        }
    }

    /** The variables; {@code mvn -Prun} shows a demo to whoever tries it, and cannot set a variable. */
    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        String demo = System.getProperty(Setting.SHOW_NAMES.variable());
        if (demo != null) {
            environment.putIfAbsent(Setting.SHOW_NAMES.variable(), demo);
        }
        return environment;
    }

    private static void tellUnknownSettings(Steps steps) {
        Settings.unknownIn(System.getenv()).forEach(sentence -> steps.say("Warning: " + sentence));
    }

    private void start() {
        folder = DataFolder.open(settings.dataDir());
        steps.say("Data folder " + settings.dataDir());
        Secrets secrets = new Secrets(folder.path(Secrets.FILE));
        DatabaseSettings product = settings.product().completed(() -> secrets.of("product"));
        DatabaseSettings orders = settings.orders().completed(() -> secrets.of("orders"));
        PayaraMicro payara = payara(product, orders);
        List<PostgresServer> servers = Stream.of(product, orders)
                .filter(DatabaseSettings::isEmbedded)
                .map(database -> server(database, secrets))
                .toList();

        lookAt(Stream.of(product, orders).filter(database -> !database.isEmbedded()));
        payara.endOrphan(steps);
        servers.forEach(server -> server.endOrphan(steps));
        Ports.requireFree(settings);
        Preparation.atTheSameTime(
                Stream.concat(Stream.of(payara::prepare), servers.stream().map(server -> (Runnable) server::prepare)));
        Map<String, DatabaseSettings> owners = new HashMap<>(Map.of("product", product, "orders", orders));
        for (PostgresServer server : servers) {
            steps.say("Starting " + server.name() + " (log: " + server.log() + ")");
            supervision.start(server);
            DatabaseSettings owner = server.provision();
            owners.put(owner.name(), owner);
        }
        tellWhoOwnsWhatItUses(owners.values().stream().filter(DatabaseSettings::isEmbedded));
        settleBeforeMigrating(new PreparedBranches(List.of(product, orders)), owners.values());
        migrate(owners.get("product"));
        migrate(owners.get("orders"));
        makeOperator(owners.get("orders"));
        steps.say("Starting " + payara.name() + " (log: " + payara.log() + ")");
        supervision.start(payara);
        payara.warnings().forEach(warning -> steps.say("Warning: " + warning));
        if (settings.isDemo()) {
            steps.say("Demo mode: an operator can kill parts of this server at "
                    + settings.url().resolve("stop.html"));
        }
        steps.say("Ready: " + settings.url() + " (Ctrl-C stops everything)");
        // Once more, where nothing scrolls them away.
        tellUnknownSettings(steps);
        new Aftermath(folder, steps, supervision).of(payara);
    }

    private PostgresServer server(DatabaseSettings database, Secrets secrets) {
        return PostgresServer.in(folder, database, secrets);
    }

    private PayaraMicro payara(DatabaseSettings product, DatabaseSettings orders) {
        return new PayaraMicro(
                distribution(),
                application(),
                folder.path(""),
                settings.url(),
                settings.serverEnvironment(product, orders),
                folder.path("server-temp"),
                folder.folder("logs").resolve("payara.log"));
    }

    /** With databases of the launcher's own it is a demonstration, in which an operator may hold an order; if asked for, break it, too. */
    private Path application() {
        Path lab = distribution().resolve("client-lab.war");
        boolean isThere = Files.exists(lab);
        if (settings.isDemo() && !isThere) {
            throw new StartException(Setting.DEMO.variable() + "=true needs " + lab + ", which is not there");
        }
        boolean isDemonstration =
                settings.product().isEmbedded() && settings.orders().isEmbedded();
        return isThere && isDemonstration ? lab : distribution().resolve("client.war");
    }

    private void migrate() {
        for (DatabaseSettings database : List.of(settings.product(), settings.orders())) {
            if (database.isEmbedded()) {
                throw new StartException(
                        "migrate is for databases of your own; " + database.variable("HOST") + " is not set");
            }
        }
        List<DatabaseSettings> databases = List.of(settings.product(), settings.orders());
        lookAt(databases.stream());
        settleBeforeMigrating(new PreparedBranches(databases), databases);
        migrate(settings.product());
        migrate(settings.orders());
        makeOperator(settings.orders());
    }

    private void lookAt(Stream<DatabaseSettings> databases) {
        List<FirstLook> looks = databases.map(FirstLook::at).toList();
        looks.forEach(look -> look.warnings().forEach(warning -> steps.say("Warning: " + warning)));
        List<String> errors =
                looks.stream().flatMap(look -> look.errors().stream()).toList();
        if (!errors.isEmpty()) {
            throw new StartException(String.join(System.lineSeparator(), errors));
        }
    }

    /** It need not be possible: a migration that a branch is in the way of says so, and the others need none of this. */
    private void settleBeforeMigrating(PreparedBranches branches, Collection<DatabaseSettings> owners) {
        try {
            int before = branches.count();
            if (before > 0 && owners.stream().anyMatch(owner -> Schema.isBehind(owner, settings.hasDemoProducts()))) {
                branches.settle();
                steps.say("Settled before the tables change: " + (before - branches.count()) + " of " + before
                        + " prepared branches");
            }
        } catch (SQLException e) {
            steps.say("Warning: branches that a dead server left were not settled before the tables change: "
                    + e.getMessage());
        }
    }

    private void migrate(DatabaseSettings database) {
        int applied = Schema.migrate(database, settings.hasDemoProducts());
        steps.say("Tables of the " + database.name() + " database at " + database.address() + " are up to date ("
                + applied + " migrations applied)");
    }

    private void tellWhoOwnsWhatItUses(Stream<DatabaseSettings> migratedAs) {
        migratedAs
                .filter(database -> database.user().equals(database.name()))
                .forEach(
                        database -> steps.say("Warning: the application still owns the tables of the " + database.name()
                                + " database, of which a branch is in doubt; a later start takes them from it"));
    }

    private void makeOperator(DatabaseSettings orders) {
        new OperatorAccount(orders).makeIfMissing().ifPresent(this::showOperator);
    }

    private void renewOperatorPassword() {
        lookAt(Stream.of(settings.orders()).filter(database -> !database.isEmbedded()));
        showOperator(new OperatorAccount(owned(settings.orders())).renewPassword());
    }

    private void archive(List<String> arguments) {
        ArchiveOptions options = ArchiveOptions.of(arguments);
        lookAt(Stream.of(settings.product(), settings.orders()).filter(database -> !database.isEmbedded()));
        new Archive(owned(settings.product()), owned(settings.orders()), steps).run(options);
    }

    /** A database of another launcher, or of the user's own, as the owner of its tables enters it. */
    private DatabaseSettings owned(DatabaseSettings database) {
        return database.isEmbedded() ? PostgresServer.owner(database, secretsOfAServer()) : database;
    }

    private void runSql(String name, String statement, PrintStream out) {
        DatabaseSettings database = name.equals("product") ? settings.product() : settings.orders();
        new Sql(database.completed(() -> secretsOfAServer().of(name))).run(statement, out);
    }

    /** What another launcher keeps. */
    private Secrets secretsOfAServer() {
        Path secrets = settings.dataDir().resolve(Secrets.FILE);
        if (!Files.exists(secrets)) {
            throw new StartException(Setting.DATA_DIR.variable() + "=" + settings.dataDir()
                    + " must be the folder of a server that has been started");
        }
        return new Secrets(secrets);
    }

    private void showOperator(String password) {
        steps.say("Operator: log in at " + settings.url().resolve("login.html") + " as " + OperatorAccount.NAME
                + " with the password " + password
                + " (shown only now; 'java -jar lockstep.jar operator' makes a new one)");
    }

    /** The folder of the jar, or the one that the build names. */
    private static Path distribution() {
        String named = System.getProperty("lockstep.home");
        if (named != null) {
            return Path.of(named);
        }
        try {
            return Path.of(Launcher.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .getParent();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The launcher's jar has no place", e);
        }
    }

    @WritesToConsole
    private static PrintStream standardOutput() {
        return System.out;
    }
}
