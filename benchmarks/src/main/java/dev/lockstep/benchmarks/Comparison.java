package dev.lockstep.benchmarks;

import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.testing.PayaraLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.postgresql.xa.PGXADataSource;

/** Which two candidates are compared. */
enum Comparison {

    /** Two-phase orders beside tickets, on one server. */
    WORLDS(
            64,
            "A two-phase order with a yes is served. A ticket is served when it is an order in both databases: its rate"
                    + " is from the first ticket to the last one READY, with the accepting in it.") {
        @Override
        List<Candidate> candidates(Builds builds, Path folder, Steps steps) throws IOException {
            Installation server = Installation.start(folder.resolve("server"), own -> builds.mine(), steps);
            return List.of(
                    new Candidate("two-phase orders", server, World.ORDERS),
                    new Candidate("tickets", server, World.TICKETS));
        }
    },

    /** What the participant replaces beside the participant: two servers, of which one is under load at a time. */
    PARTICIPANT(
            16,
            "Both servers are the same but for the XADataSource and Payara's log and recovery. Both check each"
                    + " connection before its use; the participant answers for one that has just done its work, pgjdbc asks"
                    + " the database.") {
        @Override
        List<Candidate> candidates(Builds builds, Path folder, Steps steps) throws IOException {
            return besidePayaraLog(folder, own -> builds.mine(), steps);
        }
    },

    /** The same in an application that listens to no participant: what one has who takes the participant alone. */
    DROP_IN(
            16,
            "As for participant, but neither server has a listener on the participants' events: no picture, no console, no"
                    + " metrics of transactions, as in an application that takes the participant alone. Payara's log has no such"
                    + " events, so there a listener hears nothing.") {
        @Override
        List<Candidate> candidates(Builds builds, Path folder, Steps steps) throws IOException {
            return besidePayaraLog(folder, own -> Unwatchable.distribution(builds.mine(), own), steps);
        }
    },

    /** What is noted of each transaction, beside nothing: two servers, of which one is under load at a time. */
    JOURNAL(
            16,
            "The first server has no listener on the participants' events. The second is the delivered one: the journal of the"
                    + " picture and the console, the metrics, and the transaction in each line of the log; nobody looks.") {
        @Override
        List<Candidate> candidates(Builds builds, Path folder, Steps steps) throws IOException {
            return List.of(
                    orders(
                            "nothing noted",
                            folder.resolve("silent"),
                            own -> Unwatchable.distribution(builds.mine(), own),
                            steps),
                    orders("as delivered", folder.resolve("delivered"), own -> builds.mine(), steps));
        }
    },

    /** An unwatched server beside the same one while somebody has the picture open. */
    PICTURE(16, unwatchedBeside(List.of(Watcher.PICTURE))) {
        @Override
        List<Candidate> candidates(Builds builds, Path folder, Steps steps) throws IOException {
            return watched(builds.mine(), folder, List.of(Watcher.PICTURE), steps);
        }
    },

    /** An unwatched server beside the same one while somebody has the picture and the order page open. */
    WATCHERS(16, unwatchedBeside(List.of(Watcher.PICTURE, Watcher.ORDER_PAGE))) {
        @Override
        List<Candidate> candidates(Builds builds, Path folder, Steps steps) throws IOException {
            return watched(builds.mine(), folder, List.of(Watcher.PICTURE, Watcher.ORDER_PAGE), steps);
        }
    },

    /** An order over three servers beside the same order in one: what the way between machines costs. */
    FLOW(
            64,
            "In one server both services are called within the JVM. In a flow a servlet without a database calls each service on a server of"
                    + " its own, on the same machine: two calls, two prepares, two commits, and the forgetting in batches. -Dproducts=1"
                    + " lets all want one row.") {
        @Override
        List<Candidate> candidates(Builds builds, Path folder, Steps steps) throws IOException {
            return List.of(
                    orders("one server", folder.resolve("one"), own -> builds.mine(), steps),
                    new Candidate(
                            "a flow over three",
                            FlowInstallation.start(folder.resolve("flow"), builds.mine(), steps),
                            World.ORDERS));
        }
    },

    /** Another version beside this one, each started by its own launcher. */
    VERSIONS(
            16,
            "Each is started as its users do, with two databases of its own, by the launcher and with the tables of its version. One"
                    + " is under load at a time.") {
        @Override
        List<Candidate> candidates(Builds builds, Path folder, Steps steps) throws IOException {
            Path other = builds.other();
            return List.of(
                    new Candidate(
                            "the other version",
                            Installation.startByItself(folder.resolve("other"), other),
                            World.ORDERS),
                    new Candidate(
                            "this version",
                            Installation.startByItself(folder.resolve("this"), builds.mine()),
                            World.ORDERS));
        }

        @Override
        int rounds() {
            return Verdict.ROUNDS;
        }

        @Override
        String madeOf(Builds builds) throws IOException {
            return "- The other version: " + Builds.version(builds.other()) + "\n- This version: "
                    + Builds.version(builds.mine()) + "\n";
        }

        @Override
        String verdict(double... ratios) {
            return "- " + Verdict.of(ratios) + "\n";
        }
    };

    private final int clients;
    private final String remark;

    Comparison(int clients, String remark) {
        this.clients = clients;
        this.remark = remark;
    }

    /** Finds one by its name. */
    static Comparison of(String name) {
        return Arrays.stream(values())
                .filter(comparison -> comparison.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("-Dcompare=" + name + " must be one of "
                        + Arrays.stream(values()).map(Comparison::toString).collect(Collectors.joining(", ")) + ", "
                        + Contest.NAME + ", " + Growth.NAME + ", " + Restarts.NAME));
    }

    private static List<Candidate> besidePayaraLog(Path folder, UnaryOperator<Path> application, Steps steps)
            throws IOException {
        return List.of(
                orders(
                        "pgjdbc, Payara's log",
                        folder.resolve("payara-log"),
                        own -> PayaraLog.distribution(application.apply(own), own, PGXADataSource.class.getName()),
                        steps),
                orders("Lockstep's participant", folder.resolve("participant"), application, steps));
    }

    /** Orders on a server of their own. */
    private static Candidate orders(String name, Path folder, UnaryOperator<Path> distribution, Steps steps)
            throws IOException {
        return new Candidate(name, Installation.start(folder, distribution, steps), World.ORDERS);
    }

    private static String unwatchedBeside(List<String> streams) {
        return "Watched means one listener each on " + String.join(" and ", streams)
                + ", whose processor time is in that of the clients. What the server notes for them it notes unwatched, too.";
    }

    private static List<Candidate> watched(Path original, Path folder, List<String> streams, Steps steps)
            throws IOException {
        Installation server = Installation.start(folder.resolve("server"), own -> original, steps);
        return List.of(
                new Candidate("unwatched", server, World.ORDERS),
                new Candidate("watched", server, World.ORDERS, streams));
    }

    /** How many there are unless told otherwise. */
    int clients() {
        return clients;
    }

    /** How many of each count unless told otherwise. */
    int rounds() {
        return 7;
    }

    /** A list of the builds that are compared, empty if there is one alone. */
    String madeOf(Builds builds) throws IOException {
        return "";
    }

    /** What follows from the ratios of the rounds' answers a second, empty if nothing is asked. */
    String verdict(double... ratios) {
        return "";
    }

    /** What a reader of the numbers should know. */
    String remark() {
        return remark;
    }

    /** Starts what is compared: the base first, then what is measured by it. */
    abstract List<Candidate> candidates(Builds builds, Path folder, Steps steps) throws IOException;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
