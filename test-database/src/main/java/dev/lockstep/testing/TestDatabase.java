package dev.lockstep.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * A service's database on a real PostgreSQL server of its own, fsync on: a test sees what a statement does without an application server.
 * The server ends with the JVM. Thread-safe.
 */
public final class TestDatabase {

    private static final Map<String, TestDatabase> STARTED = new ConcurrentHashMap<>();

    private final EmbeddedPostgres server;
    private final PlainSql sql;
    private final String everyTable;

    private TestDatabase(List<String> scripts) {
        try {
            server = DurablePostgres.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        sql = new PlainSql(server.getPostgresDatabase());
        scripts.forEach(sql::execute);
        everyTable =
                sql.value("SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables WHERE schemaname = 'public'");
    }

    /**
     * The database of a service, as its migrations make it.
     *
     * @param name the name of the migrations' folder
     * @return the one of this JVM
     */
    public static TestDatabase of(String name) {
        return STARTED.computeIfAbsent(name, service -> new TestDatabase(Migrations.of(service)));
    }

    /**
     * The database that the scripts of a folder make.
     *
     * @param folder where they are; they run in the order of their versions
     * @return the one of this JVM
     */
    public static TestDatabase of(Path folder) {
        return STARTED.computeIfAbsent(folder.toString(), any -> new TestDatabase(Migrations.in(folder)));
    }

    /** {@return connections of which each statement commits itself} */
    public DataSource dataSource() {
        return sql.dataSource();
    }

    /** {@return what a test says beside all transactions} */
    public PlainSql sql() {
        return sql;
    }

    /** {@return a new transaction in a session of its own} */
    public LocalTransaction begin() {
        return new LocalTransaction(server.getPort());
    }

    /** Leaves nothing of an earlier test. */
    public void empty() {
        sql.column("SELECT gid FROM pg_prepared_xacts").forEach(gid -> sql.execute("ROLLBACK PREPARED '" + gid + "'"));
        sql.execute("TRUNCATE " + everyTable + " RESTART IDENTITY");
    }

    /** Returns when a session waits for another one's lock. */
    public void awaitWaitingSession() {
        awaitWaitingSessions(1);
    }

    /** Waits until so many sessions wait for a lock. */
    public void awaitWaitingSessions(int count) {
        Patience.await(
                count + " sessions wait for a lock",
                () -> sql.column("SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
                                .size()
                        >= count);
    }
}
