package dev.lockstep.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lockstep.doctor.WriteRehearsal.NotConfirmedException;
import dev.lockstep.testing.PlainSql;
import dev.lockstep.testing.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/** What keeps orders from being written, on a real server: each fails the rehearsal, too, and is told in the server's own words. */
class WriteRehearsalTest {

    private static final TestDatabase SERVER = TestDatabase.of("orders");
    private static final PlainSql SQL = SERVER.sql();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final WriteRehearsal rehearsal = new WriteRehearsal(Duration.ofSeconds(1));

    private static ParticipantDatabase ordersAs(String role) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setURL(((PGSimpleDataSource) SERVER.dataSource()).getURL());
        database.setUser(role);
        return new ParticipantDatabase(
                "orders",
                "customer_order",
                "INSERT INTO customer_order SELECT * FROM customer_order WHERE false",
                database);
    }

    private void rehearse() throws SQLException {
        rehearsal.in(ordersAs("postgres"));
    }

    private Optional<Exception> failure() {
        try {
            rehearse();
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(e);
        }
    }

    @Test
    void databaseThatCanBeWritten_isLeftAsItWas() {
        String orders = "SELECT count(*) FROM customer_order";
        String before = SQL.value(orders);
        assertThatCode(this::rehearse).doesNotThrowAnyException();
        assertThat(SQL.value(orders)).isEqualTo(before);
        assertThat(SQL.value("SELECT count(*) FROM rehearsal")).isEqualTo("0");
    }

    /** Else what is there already would do, and a full disk would not be noticed. */
    @Test
    void rehearsal_takesAPageOfItsOwn() throws SQLException {
        String pages = "SELECT pg_relation_size('rehearsal') / 8192";
        long before = Long.parseLong(SQL.value(pages));
        rehearse();
        assertThat(SQL.value(pages)).isEqualTo(Long.toString(before + 1));
    }

    /** Scenario: its last statement fails. Expected outcome: the others are undone, so there is one commit, and it is within the limit. */
    @Test
    void rehearsal_isOneTransaction() {
        SQL.execute("CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                + " 'BEGIN RAISE ''as the test wants it''; END'");
        SQL.execute("CREATE TRIGGER refuse BEFORE DELETE ON rehearsal FOR EACH ROW EXECUTE FUNCTION refuse()");
        try {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(this::rehearse)
                    .withMessageContaining("as the test wants it");
            assertThat(SQL.value("SELECT count(*) FROM rehearsal")).isEqualTo("0");
        } finally {
            SQL.execute("DROP TRIGGER refuse ON rehearsal");
            SQL.execute("DROP FUNCTION refuse");
        }
    }

    @Test
    void readOnlyDefault_isTold() {
        SQL.execute("CREATE ROLE reader LOGIN SUPERUSER; ALTER ROLE reader SET default_transaction_read_only = on");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> rehearsal.in(ordersAs("reader")))
                .withMessageContaining("cannot execute INSERT in a read-only transaction");
    }

    @Test
    void rightThatIsMissing_isTold_thoughNoRowIsTouched() {
        SQL.execute("CREATE ROLE spectator LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO spectator");
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> rehearsal.in(ordersAs("spectator")))
                .withMessageContaining("permission denied for table customer_order");
    }

    /** Scenario: a synchronous standby is asked for, and is away. Expected outcome: the wait ends, the connection is given back. */
    @Test
    void standbyThatIsAway_isTold_andNobodyWaitsForEver() {
        String waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
        SQL.execute("ALTER SYSTEM SET synchronous_standby_names = 'gone'");
        try {
            SQL.value("SELECT pg_reload_conf()");
            Exception told = awaitFailure(true).orElseThrow();
            assertThat(told)
                    .isInstanceOf(NotConfirmedException.class)
                    .hasMessageContaining("no synchronous standby has confirmed a commit within 1 s")
                    .hasMessageContaining("canceling wait for synchronous replication");
            assertThat(SQL.value(waiting)).isEqualTo("0");
        } finally {
            SQL.execute("ALTER SYSTEM RESET synchronous_standby_names");
            SQL.value("SELECT pg_reload_conf()");
        }
        assertThat(awaitFailure(false)).isEmpty();
    }

    /** The server's processes read their configuration anew a moment later. */
    private Optional<Exception> awaitFailure(boolean isAwaited) {
        long begin = System.nanoTime();
        Optional<Exception> failure = failure();
        while (failure.isPresent() != isAwaited) {
            assertThat(System.nanoTime() - begin).as("nanoseconds").isLessThan(PATIENCE.toNanos());
            failure = failure();
        }
        return failure;
    }

    /** Scenario: the disk is full, though what is there can still be written. Expected outcome: told, and over with a free page. */
    @Test
    void fullDisk_isTold(@TempDir Path folder) throws Exception {
        assumeThat(exit("mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "tmpfs", folder.toString()))
                .as("a small disk can be mounted, as root may")
                .isZero();
        try {
            Path disk = Files.createDirectory(folder.resolve("tablespace"));
            SQL.execute("CREATE TABLESPACE small LOCATION '" + disk + "'");
            SQL.execute("ALTER TABLE rehearsal SET TABLESPACE small");
            assertThat(failure()).isEmpty();

            Path filler = folder.resolve("filler");
            fill(filler);
            assertThat(failure())
                    .hasValueSatisfying(told -> assertThat(told).hasMessageContaining("No space left on device"));

            Files.delete(filler);
            assertThat(failure()).isEmpty();
        } finally {
            SQL.execute("ALTER TABLE rehearsal SET TABLESPACE pg_default");
            SQL.execute("DROP TABLESPACE IF EXISTS small");
            assertThat(exit("umount", folder.toString())).isZero();
        }
    }

    private static void fill(Path filler) {
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
            try (OutputStream output = Files.newOutputStream(filler)) {
                while (true) {
                    output.write(new byte[4096]);
                }
            }
        });
    }

    private static int exit(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
