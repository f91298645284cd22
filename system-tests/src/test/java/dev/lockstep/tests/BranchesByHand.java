package dev.lockstep.tests;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import javax.sql.DataSource;

/** Branches as a dead server leaves them, named as the participant names them. */
public final class BranchesByHand {

    private static final int SEQUENCE_AND_TIME = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** The cluster, database and table that a branch name tells, in base 36. */
    private static final String IDENTITY = """
            SELECT (SELECT system_identifier FROM pg_control_system()), d.oid, 'xa_decision'::regclass::oid
            FROM pg_database d WHERE d.datname = current_database()""";

    /** What is hard on addresses: {@code ++++////} in Base64. */
    private static final byte[] AWKWARD = {(byte) 0xfb, (byte) 0xef, (byte) 0xbe, (byte) 0xff, (byte) 0xff, (byte) 0xff
    };

    private BranchesByHand() {}

    /** The global id of some transaction of this coordinator. */
    public static String globalId(String coordinator) {
        byte[] name = coordinator.getBytes(StandardCharsets.ISO_8859_1);
        byte[] id = new byte[SEQUENCE_AND_TIME + name.length];
        RANDOM.nextBytes(id);
        System.arraycopy(AWKWARD, 0, id, 0, AWKWARD.length);
        System.arraycopy(name, 0, id, SEQUENCE_AND_TIME, name.length);
        return "4871251_" + base64(id);
    }

    /** The commit point of a transaction. */
    public static String commitPoint(String globalId, DataSource decisions) throws SQLException {
        return globalId + "_" + base64(("C0." + participant(decisions)).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The only follower of a transaction. */
    static String follower(String globalId, DataSource decisions) throws SQLException {
        return globalId + "_" + base64(("F1." + participant(decisions)).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** What writes the decision of a transaction, in the database of its commit point. */
    static String decision(String globalId, DataSource follower) throws SQLException {
        return "INSERT INTO xa_decision (global_id, followers, kept_until) VALUES ('" + globalId + "', '{"
                + participant(follower) + "}', clock_timestamp() + interval '600 s')";
    }

    /** A follower whose commit point is in a database that no server here knows: it stays in doubt for ever. */
    public static String followerOfNobody(String globalId) {
        return globalId + "_" + base64("F1.elsewhere.1z141z3.5.a3f".getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Works and prepares, in a session that ends then. */
    public static void prepare(DataSource database, String gid, String work) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN");
            statement.execute(work);
            statement.execute("PREPARE TRANSACTION '" + gid + "'");
        }
    }

    static void commit(DataSource database, String gid) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("COMMIT PREPARED '" + gid + "'");
        }
    }

    /** Rolls back, unless somebody has ended it: the row that it has locked is others' as well. */
    public static void leaveNothing(DataSource database, String gid) throws SQLException {
        if (isPrepared(database, gid)) {
            try (Connection connection = database.getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("ROLLBACK PREPARED '" + gid + "'");
            }
        }
    }

    public static boolean isPrepared(DataSource database, String gid) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT count(*) FROM pg_prepared_xacts WHERE gid = ?")) {
            statement.setString(1, gid);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1) == 1;
            }
        }
    }

    private static String participant(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IDENTITY)) {
            row.next();
            return connection.getCatalog() + "." + Long.toUnsignedString(row.getLong(1), Character.MAX_RADIX) + "."
                    + Long.toString(row.getLong(2), Character.MAX_RADIX) + "."
                    + Long.toString(row.getLong(3), Character.MAX_RADIX);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
