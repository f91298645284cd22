package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.data.Secrets;
import dev.lockstep.launcher.postgres.FirstLook;
import dev.lockstep.launcher.postgres.PostgresBinaries;
import dev.lockstep.launcher.postgres.PostgresServer;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.process.Supervision;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** An embedded server, made by initdb here and now, as at a first start, and roles to enter it as. */
abstract class EmbeddedPostgresFixture {

    static final String INSUFFICIENT_PRIVILEGE = "42501";

    static final DatabaseSettings PRODUCT = new DatabaseSettings(
            "product", Optional.empty(), FreePorts.one(), "product", "product", Optional.of("for tests"));

    static final Supervision RUNNING = new Supervision(new Steps(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), Clock.systemUTC()));

    static Path home;
    static Secrets secrets;
    static DatabaseSettings owner;

    /** Made by initdb here and now, as at a first start. */
    @BeforeAll
    static void start(@TempDir Path folder) {
        PreparedFolder.linkProgramsInto(folder);
        secrets = new Secrets(folder.resolve("secrets.properties"));
        home = folder;
        PostgresServer server = server(PRODUCT);
        server.prepare();
        RUNNING.start(server);
        owner = server.provision();
        Schema.migrate(owner, false);
    }

    static PostgresServer server(DatabaseSettings database) {
        return new PostgresServer(
                PostgresBinaries.in(home),
                database,
                home.resolve("product"),
                home.resolve("product.log"),
                secrets,
                List.of());
    }

    @AfterAll
    static void stop() {
        RUNNING.stop(() -> {});
    }

    static DatabaseSettings ordersOf(String user) {
        return new DatabaseSettings(
                "orders", Optional.empty(), PRODUCT.port(), PRODUCT.database(), user, Optional.of("for tests"));
    }

    static DatabaseSettings earlierOrders(String database) throws Exception {
        String password = secrets.of("product.owner");
        if (!database.equals("orders")) {
            earlierOrders("orders"); // makes the roles
            execute(superuser("postgres"), "CREATE DATABASE " + database);
        }
        server(new DatabaseSettings(
                        "product", Optional.empty(), PRODUCT.port(), "orders", "orders", Optional.of(password)))
                .provision();
        DatabaseSettings superuser = superuser(database);
        execute(superuser, "DROP SCHEMA IF EXISTS orders CASCADE");
        EarlierInstallation.load(Schema.dataSource(superuser), "orders");
        return new DatabaseSettings(
                "orders",
                Optional.of(DatabaseSettings.LOOPBACK),
                PRODUCT.port(),
                database,
                "orders",
                Optional.of(password));
    }

    static void refusesToMigrate(DatabaseSettings database, String words) {
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> Schema.migrate(database, false))
                .withMessageStartingWith("The orders database at " + database.address())
                .withMessageContaining(words);
    }

    static String errorsOf(DatabaseSettings database) {
        return String.join("\n", FirstLook.at(database).errors());
    }

    static DatabaseSettings own(int port, String database, String user, String password) {
        return new DatabaseSettings("product", Optional.of("127.0.0.1"), port, database, user, Optional.of(password));
    }

    static DatabaseSettings superuser(String database) {
        return own(PRODUCT.port(), database, "postgres", secrets.of("product.postgres"));
    }

    static void execute(DatabaseSettings database, String... statements) throws SQLException {
        try (Connection connection = Schema.dataSource(database).getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    DatabaseSettings to(String database, String password) {
        return new DatabaseSettings(
                PRODUCT.name(), Optional.empty(), PRODUCT.port(), database, PRODUCT.user(), Optional.of(password));
    }

    static void refuses(String sql, String sqlState) {
        refuses(PRODUCT, sql, sqlState);
    }

    static void refuses(DatabaseSettings database, String sql, String sqlState) {
        assertThatExceptionOfType(SQLException.class)
                .as(sql)
                .isThrownBy(() -> execute(database, sql))
                .satisfies(refusal -> assertThat(refusal.getSQLState()).isEqualTo(sqlState));
    }

    String text(String query) throws SQLException {
        return text(PRODUCT, query);
    }

    static String text(DatabaseSettings database, String query) throws SQLException {
        try (Connection connection = Schema.dataSource(database).getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
