package dev.lockstep.participant;

import dev.lockstep.participant.branch.BranchId;
import dev.lockstep.participant.database.DecisionTable;
import dev.lockstep.participant.database.NameLock;
import dev.lockstep.testing.DurablePostgres;
import dev.lockstep.testing.FaultyNetwork;
import dev.lockstep.testing.PlainSql;
import dev.lockstep.testing.StreamingStandby;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import javax.sql.DataSource;

/** A real PostgreSQL server with fsync on, an account table and {@code xa_decision}. */
final class RealDatabase {

    /** One for all tests of a run, as is the other. */
    static final RealDatabase PRODUCT = start("product");

    static final RealDatabase ORDERS = start("orders");

    private final String name;
    private final PlainSql superuser;
    private final int port;

    private RealDatabase(String name, DataSource superuser, int port) {
        this.name = name;
        this.superuser = new PlainSql(superuser);
        this.port = port;
    }

    /** Starts a server, which ends with the JVM. */
    static RealDatabase start(String name) {
        try {
            EmbeddedPostgres server = DurablePostgres.start();
            RealDatabase database = new RealDatabase(name, server.getPostgresDatabase(), server.getPort());
            database.execute(DecisionTable.DDL);
            database.execute(
                    "CREATE TABLE account (id int PRIMARY KEY, owner text UNIQUE DEFERRABLE INITIALLY DEFERRED)");
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same database on its standby's server. */
    RealDatabase on(StreamingStandby standby) {
        return new RealDatabase(name, standby.dataSource(), standby.port());
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    /** A network to this server, working. */
    FaultyNetwork network() {
        return new FaultyNetwork(0, port);
    }

    /** Connections of a superuser. */
    DataSource superuser() {
        return superuser.dataSource();
    }

    /** Runs a statement beside everything. */
    void execute(String sql) {
        superuser.execute(sql);
    }

    /** The first column of a query's rows, as text. */
    List<String> column(String sql) {
        return superuser.column(sql);
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

    /** The server processes that hold a coordinator's name. */
    List<String> namesHeld() {
        return column("SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted");
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
}
