package dev.lockstep.participant;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.database.DecisionTable;
import dev.lockstep.participant.database.NameLock;
import dev.lockstep.testing.FaultyNetwork;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A real PostgreSQL server with fsync on, an account table and {@code xa_decision}; one for all tests of a run. */
final class RealDatabase {

    static final RealDatabase PRODUCT = new RealDatabase("product");
    static final RealDatabase ORDERS = new RealDatabase("orders");

    private final String name;
    private final EmbeddedPostgres server;

    private RealDatabase(String name) {
        this.name = name;
        try {
            server = EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "on")
                    .setServerConfig("full_page_writes", "on")
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("lock_timeout", "5s")
                    .setServerConfig("max_prepared_transactions", "6")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        execute(DecisionTable.DDL);
        execute("CREATE TABLE account (id int PRIMARY KEY, owner text UNIQUE DEFERRABLE INITIALLY DEFERRED)");
    }

    String name() {
        return name;
    }

    /** A network to this server, working. */
    FaultyNetwork network() {
        return new FaultyNetwork(0, server.getPort());
    }

    /** Runs a statement beside everything. */
    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of a query's rows, as text. */
    List<String> column(String sql) {
        List<String> values = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return values;
    }

    /** The owners of the committed accounts. */
    List<String> owners() {
        return column("SELECT owner FROM account ORDER BY owner");
    }

    /** The branches prepared here. */
    List<BranchId> prepared() {
        return column("SELECT gid FROM pg_prepared_xacts WHERE database = current_database()").stream()
                .map(gid -> BranchId.parse(gid).orElseThrow())
                .toList();
    }

    /** The followers named in the decision rows. */
    List<String> decisions() {
        return column("SELECT array_to_string(followers, ' ') FROM xa_decision");
    }

    /** The server processes that hold a coordinator's name here. */
    List<String> holders(String coordinator) {
        return column("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted"
                + " AND (classid::bigint << 32 | objid::bigint) = " + NameLock.key(coordinator));
    }

    /** From now on a deferred trigger, {@code dawdle}, runs a PL/pgSQL statement when work that opened an account is prepared. */
    void atEachPrepare(String statement) {
        execute("CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN " + statement
                + "; RETURN NULL; END $$");
        execute("CREATE CONSTRAINT TRIGGER dawdle AFTER INSERT ON account"
                + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION dawdle()");
    }

    /** Leaves nothing of an earlier test. */
    void clean() {
        column("SELECT gid FROM pg_prepared_xacts").forEach(gid -> execute("ROLLBACK PREPARED '" + gid + "'"));
        execute("DROP FUNCTION IF EXISTS dawdle CASCADE");
        execute("DELETE FROM account");
        execute("DELETE FROM xa_decision");
    }

    Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }
}
