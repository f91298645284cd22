package dev.lockstep.tests.flow;

import dev.lockstep.tests.PreparedFolder;
import dev.lockstep.tests.TestFolders;
import dev.lockstep.tests.flow.Buyer.Wish;
import dev.lockstep.tests.killmatrix.Answer;
import dev.lockstep.tests.killmatrix.Books;
import dev.lockstep.tests.killmatrix.DatabaseServer;
import dev.lockstep.tests.killmatrix.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Machines that call each other, their databases, and all ways between them; each may die or fail alone. */
final class Machines implements AutoCloseable {

    /** The least that the setting allows: what a dead holder leaves is forgotten after it. */
    static final int RETENTION_SECONDS = 40;

    /** Twice the signatures' window, unless set, and a sweep: for so long a flow that is over is remembered. */
    static final Duration TOMBSTONE_LIMIT = Duration.ofSeconds(2 * 30 + 5);

    /** How long a holder waits for the decision. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int WARMING_PRODUCT = 8_999_999;
    private static final int WARMING_STOCK = 1_000;
    private static final Duration WARMING_LIMIT = Duration.ofMinutes(2);

    private final Path folder;
    private final Map<String, DatabaseServer> databases = new HashMap<>();
    private final Map<String, Books> books = new HashMap<>();
    private final Map<Role, Machine> machines = new EnumMap<>(Role.class);
    private final Map<Way, Link> links = new HashMap<>();
    private final PeersFiles peers;

    private Machines(String name, Collection<Role> roles) {
        try {
            folder = Files.createTempDirectory(TestFolders.target(), name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        PreparedFolder.putInto(folder);
        for (Role role : roles) {
            role.database().ifPresent(database -> {
                DatabaseServer server = DatabaseServer.start(database, folder);
                databases.put(database, server);
                books.put(database, new Books(server.settings()));
            });
        }
        Map<Role, Address> addresses = new EnumMap<>(Role.class);
        roles.forEach(role -> addresses.put(role, Address.free()));
        for (Role from : roles) {
            for (Role to : roles) {
                if (from != to) {
                    links.put(new Way(from, to), new Link(from + " to " + to, addresses.get(to)));
                }
            }
        }
        peers = PeersFiles.write(folder, addresses, links);
        roles.forEach(role -> machines.put(role, machine(role, addresses.get(role), peers.of(role))));
    }

    /**
     * A way between two machines.
     *
     * @param from who calls
     * @param to who is called
     */
    record Way(Role from, Role to) {

        Way back() {
            return new Way(to, from);
        }

        @Override
        public String toString() {
            return from + " to " + to;
        }
    }

    /** Starts some machines; returns when all serve. */
    static Machines start(String name, List<Role> roles) {
        Machines machines = new Machines(name, roles);
        machines.machines.values().forEach(Machine::bringBack);
        machines.machines.values().forEach(Machine::awaitServing);
        return machines;
    }

    /** Places orders of these shapes until each has succeeded: the first ones take long, as classes are loaded and pools filled. */
    Machines warm(Shape... shapes) throws SQLException {
        books(Role.PRODUCT).stock(WARMING_PRODUCT, WARMING_STOCK);
        for (Shape shape : shapes) {
            Buyer buyer = new Buyer(get(shape.caller()).address().application());
            Patience.require(
                    WARMING_LIMIT,
                    "an order succeeds: " + shape,
                    () -> buyer.buy(Wish.of(WARMING_PRODUCT, 1, shape)) == Answer.YES);
        }
        Patience.require(WARMING_LIMIT, "no flow is open", this::isQuiet);
        return this;
    }

    private Machine machine(Role role, Address address, Path peersFile) {
        Map<String, String> environment = new HashMap<>();
        environment.put("LOCKSTEP_SERVER_NAME", role.node());
        environment.put("LOCKSTEP_DECISION_RETENTION", Integer.toString(RETENTION_SECONDS));
        environment.put("LOCKSTEP_FLOW_NODE", role.node());
        environment.put("LOCKSTEP_FLOW_PEERS_FILE", peersFile.toString());
        role.database().map(databases::get).ifPresent(database -> database.putInto(environment));
        links.forEach((way, link) -> {
            if (way.from() == role) {
                environment.put(
                        "FLOW_TEST_" + way.to().name(),
                        link.address().application().toString());
            }
        });
        try {
            return new Machine(
                    role, address, Files.createDirectories(folder.resolve("machine-" + role.node())), environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Machine get(Role role) {
        return machines.get(role);
    }

    Link link(Way way) {
        return links.get(way);
    }

    /** From now on there; on the way back, too, if the cable is meant, or fair weather. */
    void weather(Way way, Weather weather) {
        List<Way> ways = weather.isOfBothWays() || weather == Weather.FAIR ? List.of(way, way.back()) : List.of(way);
        ways.stream().map(links::get).forEach(link -> {
            if (weather == Weather.FAIR) {
                link.heal();
            } else {
                link.become(weather);
            }
        });
    }

    /** The key of two machines. */
    String key(Way way) {
        return peers.key(way);
    }

    /** What a machine knows of the others. */
    Path peersFile(Role role) {
        return peers.of(role);
    }

    Collection<Link> links() {
        return links.values();
    }

    Stream<Machine> all() {
        return machines.values().stream();
    }

    DatabaseServer database(Role role) {
        return databases.get(role.database().orElseThrow());
    }

    Books books(Role role) {
        return books.get(role.database().orElseThrow());
    }

    Collection<Books> books() {
        return books.values();
    }

    /** Fair weather everywhere; brings back what is away, and returns when all serve. */
    Machines revived() {
        links.values().forEach(Link::heal);
        databases.values().forEach(database -> {
            database.network().heal();
            database.revive();
        });
        machines.values().forEach(Machine::revive);
        return this;
    }

    /** The same, after all machines have died: nothing of what was goes on. */
    Machines renewed() {
        machines.values().forEach(Machine::kill);
        return revived();
    }

    Collection<DatabaseServer> databases() {
        return databases.values();
    }

    /** Whether no machine remembers a flow that is over; not if one does not answer. */
    boolean isWithoutTombstones() {
        return all().allMatch(machine ->
                machine.tombstones().filter(count -> count == 0).isPresent());
    }

    /** How many tombstones there are, where. */
    List<String> tombstones() {
        return all().map(machine -> machine.role() + ": "
                        + machine.tombstones().map(String::valueOf).orElse("it does not answer"))
                .toList();
    }

    /** Whether no decision is kept any more. */
    boolean isNothingRemembered() {
        return remembered().isEmpty();
    }

    /** The decisions that are kept; a database that does not answer keeps one of its own. */
    Set<String> remembered() {
        Set<String> kept = new HashSet<>();
        books.forEach((name, one) -> {
            try {
                kept.addAll(one.decisions());
            } catch (SQLException e) {
                kept.add(name + " does not answer");
            }
        });
        return kept;
    }

    /** Whether nothing is prepared, nobody stands in a transaction, and no flow is open; not if somebody does not answer. */
    boolean isQuiet() {
        return books.values().stream()
                        .allMatch(
                                one -> one.prepared().filter(List::isEmpty).isPresent() && one.isNobodyInATransaction())
                && all().allMatch(machine ->
                        machine.openFlows().filter(List::isEmpty).isPresent());
    }

    /** What is not over, where. */
    List<String> left() {
        return Stream.concat(
                        books.values().stream()
                                .flatMap(one -> one.prepared().orElse(List.of("a database does not answer")).stream()),
                        all().flatMap(machine -> machine.openFlows().orElse(List.of("it does not answer")).stream()
                                .map(flow -> machine.role() + ": " + flow)))
                .toList();
    }

    @Override
    public void close() throws IOException, SQLException {
        for (Machine machine : machines.values()) {
            machine.close();
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
