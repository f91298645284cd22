package dev.lockstep.tests.flow;

import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.postgres.PostgresServer;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.testing.PlainSql;
import dev.lockstep.tests.PreparedFolder;
import dev.lockstep.tests.Site;
import dev.lockstep.tests.TestFolders;
import dev.lockstep.tests.killmatrix.Books;
import dev.lockstep.tests.killmatrix.DatabaseServer;
import dev.lockstep.tests.killmatrix.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpCookie;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The servers of both examples, their databases, and all ways between them; each may die or fail alone. */
public final class ExampleServers implements AutoCloseable {

    /** How long a death may be felt: the holder's patience, and some seconds for who asks. */
    private static final Duration HEAL_LIMIT = Machines.PATIENCE.plusSeconds(5);

    private static final Duration WARMING_LIMIT = Duration.ofMinutes(2);
    private static final Path SCRIPTS = TestFolders.distribution().resolve("machines");

    /** Which databases of the two plans are together in the database of one machine, and the names of its pool. */
    private static final Map<ExampleNode, List<String>> TABLES = Map.of(
            ExampleNode.ONE, List.of("enrolment/exam", "bank/bank_a"),
            ExampleNode.TWO, List.of("enrolment/basic", "bank/bank_b"),
            ExampleNode.CLEARING, List.of("bank/clearing"));

    private final Path folder;
    private final Map<ExampleNode, DatabaseServer> databases = new EnumMap<>(ExampleNode.class);
    private final Map<ExampleNode, Books> books = new EnumMap<>(ExampleNode.class);
    private final Map<ExampleNode, ExampleServer> servers = new EnumMap<>(ExampleNode.class);
    private final Map<Way, Link> links = new HashMap<>();

    /**
     * A way between two servers.
     *
     * @param from who calls
     * @param to who is called
     */
    record Way(ExampleNode from, ExampleNode to) {

        @Override
        public String toString() {
            return from + " to " + to;
        }
    }

    private ExampleServers() {
        try {
            folder = Files.createTempDirectory(TestFolders.target(), "examples-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PreparedFolder.putInto(folder);
        List<ExampleNode> nodes = List.of(ExampleNode.values());
        nodes.forEach(node -> node.database().ifPresent(name -> startDatabase(node, name)));
        Map<ExampleNode, Address> addresses = new EnumMap<>(ExampleNode.class);
        nodes.forEach(node -> addresses.put(node, Address.free()));
        ways().forEach(way -> links.put(way, new Link(way.toString(), addresses.get(way.to()))));
        Map<Set<ExampleNode>, String> keys = new HashMap<>();
        for (ExampleNode node : nodes) {
            Path peers = writePeers(node, addresses.get(node), keys);
            servers.put(node, server(node, addresses.get(node), peers));
        }
    }

    /** Starts all; returns when each example's flow has gone through once. */
    public static ExampleServers start() {
        ExampleServers all = new ExampleServers();
        all.servers.values().forEach(ExampleServer::bringBack);
        all.servers.values().forEach(ExampleServer::awaitServing);
        all.warm();
        return all;
    }

    /** The first flows take long, as classes are loaded and pools filled. */
    private void warm() {
        for (ExampleWork work : List.of(new Enrolling(this), new Transferring(this))) {
            Patience.require(WARMING_LIMIT, "each way of " + work + " goes", work::goesEachWay);
        }
        Patience.require(WARMING_LIMIT, "nothing is open", this::isQuiet);
    }

    private void startDatabase(ExampleNode node, String name) {
        DatabaseServer database = DatabaseServer.start(name, folder);
        databases.put(node, database);
        books.put(node, new Books(database.settings()));
        Secrets secrets = new Secrets(folder.resolve("secrets.properties"));
        PlainSql owner = new PlainSql(Schema.dataSource(PostgresServer.owner(database.settings(), secrets)));
        TABLES.get(node).stream()
                .flatMap(tables -> scripts(SCRIPTS.resolve(tables)))
                .forEach(owner::execute);
    }

    private static Stream<String> scripts(Path in) {
        try (Stream<Path> files = Files.list(in)) {
            List<String> scripts = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                scripts.add(Files.readString(file));
            }
            return scripts.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Way> ways() {
        return Arrays.stream(ExampleNode.values()).flatMap(from -> Arrays.stream(ExampleNode.values())
                .filter(to -> to != from)
                .map(to -> new Way(from, to)));
    }

    private Path writePeers(ExampleNode node, Address own, Map<Set<ExampleNode>, String> keys) {
        List<String> lines = new ArrayList<>();
        lines.add(node + " = " + own.application() + " | " + own.protocol());
        links.forEach((way, link) -> {
            if (way.from() == node) {
                String key = keys.computeIfAbsent(Set.of(node, way.to()), pair -> PeersFiles.newKey());
                Address address = link.address();
                lines.add(way.to() + " = " + address.application() + " | " + address.protocol() + " | " + key);
            }
        });
        try {
            Path file = folder.toAbsolutePath().resolve(node + ".peers");
            Files.write(file, lines);
            return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ExampleServer server(ExampleNode node, Address address, Path peers) {
        Map<String, String> environment = new HashMap<>();
        environment.put("LOCKSTEP_SERVER_NAME", node.node());
        environment.put("LOCKSTEP_DECISION_RETENTION", Integer.toString(Machines.RETENTION_SECONDS));
        environment.put("LOCKSTEP_FLOW_NODE", node.node());
        environment.put("LOCKSTEP_FLOW_PEERS_FILE", peers.toString());
        Optional.ofNullable(databases.get(node)).ifPresent(database -> database.putInto(environment));
        links.forEach((way, link) -> {
            if (way.from() == node) {
                String url = "http://127.0.0.1:" + link.address().applicationPort();
                urls(way.to()).forEach((name, path) -> environment.put("LOCKSTEP_" + name + "_URL", url + path));
            }
        });
        List<String> resources = TABLES.getOrDefault(node, List.of()).stream()
                .map(tables -> tables.substring(tables.indexOf('/') + 1))
                .filter(name -> node.database().filter(name::equals).isEmpty())
                .toList();
        try {
            return new ExampleServer(
                    node, address, Files.createDirectories(folder.resolve("server-" + node)), environment, resources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By which names the plans call what is there, and where it is. */
    private static Map<String, String> urls(ExampleNode node) {
        return switch (node) {
            case CLIENT -> Map.of();
            case ONE -> Map.of("EXAM", "", "A", "/bank");
            case TWO -> Map.of("BASIC", "", "B", "/bank");
            case CLEARING -> Map.of("CLEARING", "");
        };
    }

    /** The pages: the enrolment's at the root, the bank's below {@code /bank/}. */
    public Site pages() {
        String address = "http://127.0.0.1:" + get(ExampleNode.CLIENT).address().applicationPort();
        return new Site() {
            @Override
            public String address() {
                return address;
            }

            @Override
            public HttpCookie operatorCookie() {
                throw new IllegalStateException("The examples have no operators");
            }
        };
    }

    /** The database of the exam service and bank A. */
    public PlainSql one() {
        return sql(ExampleNode.ONE);
    }

    /** The database of the basic service and bank B. */
    public PlainSql two() {
        return sql(ExampleNode.TWO);
    }

    /** The database of the clearing house. */
    public PlainSql clearing() {
        return sql(ExampleNode.CLEARING);
    }

    private PlainSql sql(ExampleNode node) {
        return new PlainSql(Schema.dataSource(databases.get(node).settings()));
    }

    ExampleServer get(ExampleNode node) {
        return servers.get(node);
    }

    Link link(Way way) {
        return links.get(way);
    }

    DatabaseServer database(ExampleNode node) {
        return databases.get(node);
    }

    /** Stops a service's server as if its cable were cut: nobody reaches it. */
    public void cutOff(String name) {
        to(name).forEach(link -> link.become(Weather.CUT));
    }

    /** Ends that. */
    public void reconnect(String name) {
        to(name).forEach(Link::heal);
    }

    private Stream<Link> to(String name) {
        ExampleNode node = ExampleNode.valueOf(name.toUpperCase(Locale.ROOT));
        return links.entrySet().stream()
                .filter(link -> link.getKey().to() == node)
                .map(Map.Entry::getValue);
    }

    /** Fair weather everywhere; brings back what is away, and returns when all serve. */
    public ExampleServers revived() {
        links.values().forEach(Link::heal);
        databases.values().forEach(database -> {
            database.network().heal();
            database.revive();
        });
        servers.values().forEach(ExampleServer::revive);
        return this;
    }

    /** The names of all prepared branches; a database that does not answer has one of its own. */
    Set<String> prepared() {
        Set<String> names = new HashSet<>();
        books.forEach((node, one) -> names.addAll(one.prepared().orElse(List.of(node + " does not answer"))));
        return names;
    }

    /** Whether nothing is prepared, and nobody stands in a transaction; not if a database does not answer. */
    public boolean isQuiet() {
        return prepared().isEmpty() && books.values().stream().allMatch(Books::isNobodyInATransaction);
    }

    /** {@return how long it took until all was decided everywhere; empty if it is not} */
    public Optional<Duration> heal() {
        return Patience.until(HEAL_LIMIT, this::isQuiet);
    }

    Collection<ExampleServer> all() {
        return servers.values();
    }

    @Override
    public void close() throws IOException, SQLException {
        for (ExampleServer server : servers.values()) {
            server.close();
        }
        for (Link link : links.values()) {
            link.close();
        }
        for (Books one : books.values()) {
            one.close();
        }
        for (DatabaseServer database : databases.values()) {
            database.close();
        }
    }
}
