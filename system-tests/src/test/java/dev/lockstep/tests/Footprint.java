package dev.lockstep.tests;

import java.sql.SQLException;

/**
 * What applications have in a server, and in the databases beside the pools.
 *
 * @param threads the threads, but for those that serve HTTP
 * @param classLoaders the class loaders of web applications that cannot be collected
 * @param sessions the participant's own in both databases
 * @param locks advisory locks in both databases
 */
record Footprint(int threads, int classLoaders, int sessions, int locks) {

    private static final String WEB_APPLICATION = "org.glassfish.web.loader.WebappClassLoader";

    static Footprint of(PayaraServer server, Databases databases) throws Exception {
        return new Footprint(
                threads(server),
                classLoaders(server),
                inBoth(
                        databases,
                        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'lockstep %'"),
                inBoth(
                        databases,
                        "SELECT FROM pg_locks JOIN pg_database d ON d.oid = database"
                                + " WHERE locktype = 'advisory' AND d.datname = current_database()"));
    }

    private static int threads(PayaraServer server) throws Exception {
        return Math.toIntExact(server.jcmd("Thread.print")
                .filter(line -> line.startsWith("\"") && !line.startsWith("\"http-thread-pool"))
                .count());
    }

    /** The histogram begins with a full collection. A line is: rank, instances, bytes, class. */
    private static int classLoaders(PayaraServer server) throws Exception {
        return server.jcmd("GC.class_histogram")
                .map(line -> line.strip().split(" +"))
                .filter(words -> words.length > 3 && words[3].equals(WEB_APPLICATION))
                .mapToInt(words -> Integer.parseInt(words[1]))
                .sum();
    }

    private static int inBoth(Databases databases, String query) throws SQLException {
        return Databases.count(databases.product(), query) + Databases.count(databases.orders(), query);
    }
}
