package dev.lockstep.launcher.machines;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the text of a plan: a line for each server, {@code name = archive | database, or - | application's port | protocol's port}. Empty lines,
 * and those that begin with {@code #}, are for people. It goes on after a fault, so as to tell all of them.
 */
final class PlanText {

    static final int SERVERS_MAX = 16;

    private static final int FIELDS = 4;
    private static final int PORT_MAX = 65_535;
    private static final String NO_DATABASE = "-";

    /** It is a part of a variable's name, too. */
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    private static final Pattern ARCHIVE = Pattern.compile("[A-Za-z0-9_./-]{1,200}\\.war");

    /** PostgreSQL's own, and the launcher's own folders. */
    private static final Set<String> RESERVED =
            Set.of("postgres", "template0", "template1", "logs", "machines", "peers");

    private final String file;
    private final List<String> faults = new ArrayList<>();
    private final List<PlannedServer> servers = new ArrayList<>();
    private final Map<String, Integer> lines = new HashMap<>();

    /**
     * Reads.
     *
     * @param file its name, for messages
     * @param text of the file
     */
    PlanText(String file, String text) {
        this.file = file;
        int number = 0;
        for (String line : text.split("\\R", -1)) {
            number++;
            if (!line.isBlank() && !line.stripLeading().startsWith("#")) {
                read(number, line);
            }
        }
        if (faults.isEmpty() && servers.isEmpty()) {
            faults.add(file + " has no server; a line is 'name = archive | database, or - | port | port'");
        }
        if (servers.size() > SERVERS_MAX) {
            faults.add(file + " has " + servers.size() + " servers, at most " + SERVERS_MAX + " are allowed");
        }
    }

    /** {@return each fault with file and line; the servers are of use only if there is none} */
    List<String> faults() {
        return faults;
    }

    /** {@return the servers in the file's order} */
    List<PlannedServer> servers() {
        return servers;
    }

    private void read(int number, String line) {
        int equals = line.indexOf('=');
        String[] fields = line.substring(equals + 1).split("\\|", -1);
        if (equals < 0 || fields.length != FIELDS) {
            fault(number, "must be 'name = archive | database, or - | application's port | protocol's port'");
            return;
        }
        String name = line.substring(0, equals).strip();
        String archive = fields[0].strip();
        String database = fields[1].strip();
        require(
                number,
                NAME.matcher(name).matches(),
                "the name",
                name,
                "1 to 32 small letters, digits and underscores");
        require(number, ARCHIVE.matcher(archive).matches(), "the archive", archive, "a path that ends in .war");
        if (!database.equals(NO_DATABASE)) {
            require(
                    number,
                    NAME.matcher(database).matches() && !RESERVED.contains(database),
                    "the database",
                    database,
                    "- or 1 to 32 small letters, digits and underscores, but none of "
                            + RESERVED.stream().sorted().toList());
            once(number, "database", database);
        }
        once(number, "server", name);
        servers.add(new PlannedServer(
                name,
                archive,
                Optional.of(database).filter(text -> !text.equals(NO_DATABASE)),
                port(number, "the application's port", fields[2].strip()),
                port(number, "the protocol's port", fields[3].strip())));
    }

    private int port(int number, String which, String text) {
        boolean isPort = text.matches("[0-9]{1,5}") && Integer.parseInt(text) <= PORT_MAX;
        require(number, isPort, which, text, "a port, 1 to " + PORT_MAX + ", or 0 for a free one");
        if (!isPort || Integer.parseInt(text) == 0) {
            return 0;
        }
        once(number, "port", text);
        return Integer.parseInt(text);
    }

    private void require(int number, boolean isGood, String what, String value, String limit) {
        if (!isGood) {
            fault(number, what + " is '" + value + "', must be " + limit);
        }
    }

    private void once(int number, String what, String value) {
        Integer earlier = lines.putIfAbsent(what + " " + value, number);
        if (earlier != null) {
            fault(number, what + " " + value + " is in line " + earlier + " already; each server needs one of its own");
        }
    }

    private void fault(int number, String what) {
        faults.add(file + ":" + number + ": " + what);
    }
}
