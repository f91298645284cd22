package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * What an installation of commit a749bd6 left in its databases: orders, an operator and who is logged in, audit lines, and two tickets that
 * wait. All owners of tables shared a history then. It was itself upgraded once, so its rights were granted twice.
 */
final class EarlierInstallation {

    static final String OPERATOR_PASSWORD = "x9qh7-ar4yr-rfm4v-rrbme-z9k9t";

    /** The cookie of an operator who is logged in. */
    static final String SESSION = "wnajqCfbdZ0EGZkTMh2oXc94SSKZJzxAZbJ_uQuT35E";

    /** No part of this version brings it: a file that was repeated until it was another's part. */
    private static final String GONE = "R__rights_of_operators.sql";

    private EarlierInstallation() {}

    /**
     * Replaces the schema of a database that has the roles already.
     *
     * @param superuser the way into the database
     * @param name whose tables, {@code product} or {@code orders}
     */
    static void load(DataSource superuser, String name) throws SQLException, IOException {
        try (InputStream dump = EarlierInstallation.class.getResourceAsStream("/earlier/" + name + ".sql");
                Connection connection = superuser.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + name);
            statement.execute(new String(dump.readAllBytes(), StandardCharsets.UTF_8));
            if (name.equals("orders")) {
                statement.execute("UPDATE orders.operator_session SET began_at = now(), used_at = now()");
            }
        }
    }

    /**
     * Each owner has the history of its own tables, all that ran before is told as it was, and of it nothing ran again but the rights.
     *
     * @param owner the way into the database
     * @param owners whose histories there are
     */
    static void requireTakenOver(DataSource owner, String... owners) throws SQLException {
        String all = "(TABLE " + String.join("_schema_history UNION ALL TABLE ", owners) + "_schema_history)";
        assertThat(scripts(owner, "TABLE flyway_schema_history EXCEPT " + all))
                .as("lost")
                .isSubsetOf(GONE);
        assertThat(scripts(
                        owner,
                        "SELECT * FROM (" + all + " EXCEPT TABLE flyway_schema_history) AS later"
                                + " WHERE script IN (SELECT script FROM flyway_schema_history)"))
                .as("ran again")
                .isSubsetOf("R__rights.sql");
    }

    static List<String> scripts(DataSource owner, String query) throws SQLException {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT script FROM (" + query + ") AS rows ORDER BY installed_rank")) {
            List<String> scripts = new ArrayList<>();
            while (row.next()) {
                scripts.add(row.getString(1));
            }
            return scripts;
        }
    }
}
