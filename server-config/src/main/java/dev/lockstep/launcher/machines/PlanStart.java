package dev.lockstep.launcher.machines;

import dev.lockstep.flow.trust.PeersFolder;
import dev.lockstep.launcher.console.Reason;
import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.DataFolder;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.operator.OperatorAccount;
import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.launcher.payara.ServerParts;
import dev.lockstep.launcher.process.Supervision;
import dev.lockstep.launcher.settings.DatabaseSettings;
import dev.lockstep.launcher.settings.Setting;
import dev.lockstep.launcher.settings.Settings;
import dev.lockstep.launcher.start.Aftermath;
import dev.lockstep.launcher.start.Foreground;
import dev.lockstep.launcher.start.Preparation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts the servers of a plan, with their databases and the keys between them, and keeps them running. */
public final class PlanStart {

    private static final String PRODUCT = "product";
    private static final String ORDERS = "orders";

    /** Only its owner may look into it; it stays with the data. */
    private static final String PEERS = "peers";

    private static final String MACHINES = "machines";

    private final Path distribution;
    private final Plan plan;
    private final PlanSettings settings;
    private final Steps steps;
    private final Supervision supervision;

    /**
     * Reads the plan; nothing is started yet.
     *
     * @param distribution the folder of lockstep.jar
     * @param plan the name of one of its plans, or the path of a plan's file
     * @param environment the process's environment
     * @param steps where the start is told
     * @throws StartException naming each fault of the plan with its line, and each setting that is wrong
     */
    public PlanStart(Path distribution, String plan, Map<String, String> environment, Steps steps) {
        this.distribution = distribution;
        this.plan = Plan.read(distribution, plan);
        this.settings = PlanSettings.of(this.plan, environment);
        this.steps = steps;
        this.supervision = new Supervision(steps);
    }

    /** Starts all, and stays until Ctrl-C. */
    public void run() {
        new Foreground(steps, supervision).run(this::start);
    }

    private void start() {
        Settings common = settings.common();
        DataFolder folder = DataFolder.open(common.dataDir());
        steps.say("Plan " + plan.file() + ", data folder " + common.dataDir());
        PortChoice ports = new PortChoice(settings.isAtFreePorts());
        List<PlannedServer> servers = plan.servers().stream().map(ports::place).toList();
        Map<String, PlannedDatabase> databases = databases(folder, ports, common);
        // What a killed launcher has left would still have the ports.
        machines(folder, servers, databases, Optional.empty()).forEach(machine -> machine.endOrphan(steps));
        databases.values().forEach(database -> database.server().endOrphan(steps));
        ports.requireFree();
        writePeers(folder, servers);
        Preparation.atTheSameTime(Stream.concat(
                machines(folder, servers, databases, Optional.empty()).stream()
                        .limit(1)
                        .map(machine -> machine::prepare),
                databases.values().stream().map(database -> database.server()::prepare)));
        Optional<String> operator = startDatabases(databases.values().stream().toList(), common);
        List<PayaraMicro> machines = machines(folder, servers, databases, operator);
        steps.say("Starting " + servers.size() + " servers (logs: " + folder.path("logs") + ")");
        supervision.startTogether(machines);
        machines.forEach(machine -> machine.warnings().forEach(warning -> steps.say("Warning: " + warning)));
        servers.forEach(server -> steps.say(
                server.name() + " is at " + server.application() + "/, its protocol at " + server.protocol()));
        steps.say("Ready: " + servers.size() + " servers of the plan " + plan.name() + " (Ctrl-C stops everything)");
        new Aftermath(folder, steps, supervision).of(machines.get(0));
    }

    private Map<String, PlannedDatabase> databases(DataFolder folder, PortChoice ports, Settings common) {
        Secrets secrets = new Secrets(folder.path(Secrets.FILE));
        Map<String, PlannedDatabase> databases = new LinkedHashMap<>();
        plan.servers().stream().flatMap(server -> server.database().stream()).forEach(name -> {
            boolean isOfShop = name.equals(PRODUCT) || name.equals(ORDERS);
            int port =
                    switch (name) {
                        case PRODUCT -> common.product().port();
                        case ORDERS -> common.orders().port();
                        default -> 0;
                    };
            databases.put(
                    name,
                    PlannedDatabase.in(
                            folder,
                            name,
                            ports.of("the port of the database " + name, port),
                            secrets,
                            isOfShop ? Optional.empty() : Optional.of(plan.scripts(name))));
        });
        return databases;
    }

    /** Tells how the operator's password is verified, if one of them keeps the operators. */
    private Optional<String> startDatabases(List<PlannedDatabase> databases, Settings common) {
        Optional<String> operator = Optional.empty();
        supervision.startTogether(
                databases.stream().map(PlannedDatabase::server).toList());
        for (PlannedDatabase database : databases) {
            DatabaseSettings owner = database.fill(common.hasDemoProducts(), steps);
            if (owner.name().equals(ORDERS)) {
                OperatorAccount account = new OperatorAccount(owner);
                account.makeIfMissing().ifPresent(password -> showOperator(password, common));
                operator = account.hash();
            }
        }
        return operator;
    }

    private void showOperator(String password, Settings common) {
        steps.say("Operator: log in as " + OperatorAccount.NAME + " with the password " + password
                + " (shown only now; 'java -jar lockstep.jar operator' with " + Setting.DATA_DIR.variable() + "="
                + common.dataDir() + " makes a new one, good from the next start)");
    }

    private void writePeers(DataFolder folder, List<PlannedServer> servers) {
        try {
            peers(folder)
                    .write(servers.stream()
                            .map(server ->
                                    new PeersFolder.Server(server.name(), server.application(), server.protocol()))
                            .toList());
        } catch (IOException e) {
            throw new StartException("Cannot write the peers files: " + Reason.of(e), e);
        }
    }

    private static PeersFolder peers(DataFolder folder) {
        return new PeersFolder(folder.folder(PEERS));
    }

    private List<PayaraMicro> machines(
            DataFolder folder,
            List<PlannedServer> servers,
            Map<String, PlannedDatabase> databases,
            Optional<String> operator) {
        return servers.stream()
                .map(server -> machine(folder, server, servers, databases, operator))
                .toList();
    }

    private PayaraMicro machine(
            DataFolder folder,
            PlannedServer server,
            List<PlannedServer> all,
            Map<String, PlannedDatabase> databases,
            Optional<String> operator) {
        Path own = folder.folder(MACHINES + "/" + server.name());
        Settings its = settings.of(server);
        Map<String, String> environment = new HashMap<>(its.serverEnvironment(server.database().stream()
                .map(name -> databases.get(name).settings())
                .toArray(DatabaseSettings[]::new)));
        environment.put(Setting.FLOW_NODE.variable(), server.name());
        environment.put(
                Setting.FLOW_PEERS_FILE.variable(),
                peers(folder).fileOf(server.name()).toString());
        all.stream()
                .filter(other -> !other.name().equals(server.name()))
                .forEach(other -> environment.put(
                        other.addressVariable(), other.application().toString()));
        operator.filter(hash -> server.database().isEmpty())
                .ifPresent(hash -> environment.put(Setting.OPERATOR_HASH.variable(), hash));
        return new PayaraMicro(
                distribution,
                ServerParts.withFlows(
                        distribution,
                        server.name(),
                        plan.archive(server),
                        server.database().map(database -> pool(own, database))),
                folder.path(""),
                its.url(),
                environment,
                own.resolve("temp"),
                // A database may have the same name.
                folder.folder("logs").resolve("payara-" + server.name() + ".log"));
    }

    /** The commands that make the pool of a database. */
    private Path pool(Path folder, String database) {
        Path file = folder.resolve("pool.asadmin");
        try {
            return Files.writeString(
                    file,
                    Files.readString(distribution.resolve("pool.asadmin"))
                            .replace("@database@", database)
                            .replace("@DATABASE@", database.toUpperCase(Locale.ROOT)));
        } catch (IOException e) {
            throw new StartException("Cannot write the boot commands " + file + ": " + Reason.of(e), e);
        }
    }
}
