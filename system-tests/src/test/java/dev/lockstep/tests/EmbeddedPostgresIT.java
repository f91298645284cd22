package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.launcher.console.StartException;
import dev.lockstep.launcher.postgres.FirstLook;
import dev.lockstep.launcher.postgres.Schema;
import dev.lockstep.launcher.postgres.Sql;
import dev.lockstep.launcher.settings.DatabaseSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The embedded servers are safe by default, and the application's role owns nothing. */
class EmbeddedPostgresIT extends EmbeddedPostgresFixture {

    private static final String INVALID_PASSWORD = "28P01";
    private static final String RAISED = "P0001";
    private static final String CHECK_VIOLATION = "23514";

    @ParameterizedTest
    @CsvSource({
        "fsync, on",
        "full_page_writes, on",
        "synchronous_commit, on",
        "max_prepared_transactions, 64",
        "listen_addresses, 127.0.0.1",
        "password_encryption, scram-sha-256",
    })
    void serverIsConfiguredToKeepItsPromises(String parameter, String value) throws Exception {
        assertThat(text("SHOW " + parameter)).isEqualTo(value);
    }

    @Test
    void statementByHand_printsItsRows_orHowManyItChanged() {
        assertThat(
                        printed(
                                "CREATE TABLE tea (id int, name text); INSERT INTO tea VALUES (1, E'Gr\\u00fcn\\x1b[2J'), (22, NULL)"))
                .containsExactly("0 rows changed", "2 rows changed");
        assertThat(printed("SELECT * FROM tea ORDER BY id"))
                .containsExactly("id | name", "1  | Grün\ufffd[2J", "22 | null", "(2 rows)");
        assertThat(printed("SELECT generate_series(1, 1001) AS n"))
                .hasSize(1002)
                .last()
                .isEqualTo("(the first 1000 rows; ask for others with LIMIT and OFFSET)");
        assertThat(printed("DROP TABLE tea")).containsExactly("0 rows changed");
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> printed("SELECT * FROM tea"))
                .withMessageStartingWith("The product database at " + PRODUCT.address() + " says: ERROR: ")
                .withMessageContaining("\"tea\" does not exist");
    }

    private static List<String> printed(String statement) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Sql(owner).run(statement, new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void serverIsOfTheMajorVersionAskedFor() throws Exception {
        assertThat(text("SHOW server_version")).startsWith(System.getProperty("lockstep.postgres") + ".");
    }

    @Test
    void roleChangesRows_andNoTable() throws Exception {
        assertThat(text(
                        "SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication OR rolbypassrls FROM pg_roles"
                                + " WHERE rolname = current_user"))
                .isEqualTo("f");
        assertThat(text("SELECT count(*) FROM pg_shdepend JOIN pg_roles ON refobjid = pg_roles.oid"
                        + " WHERE rolname = current_user AND deptype = 'o'"))
                .as("what it owns")
                .isEqualTo("0");
        for (String sql : List.of(
                "CREATE TABLE mine (id int)",
                "ALTER TABLE product ADD COLUMN mine int",
                "ALTER TABLE product DISABLE TRIGGER ALL",
                "DROP TABLE rehearsal",
                "TRUNCATE xa_decision",
                "DELETE FROM participant_schema_history")) {
            refuses(sql, INSUFFICIENT_PRIVILEGE);
        }
        refuses("CREATE TABLE public.mine (id int)", INSUFFICIENT_PRIVILEGE);
        refuses("CREATE SCHEMA mine", INSUFFICIENT_PRIVILEGE);
        refuses("CREATE TEMPORARY TABLE mine (id int)", INSUFFICIENT_PRIVILEGE);
        refuses("SELECT * FROM pg_authid", INSUFFICIENT_PRIVILEGE);
    }

    /** A line is added and gets its outcome once; then neither the application nor its owner can change or remove it. */
    @Test
    void auditOnlyGrows() throws Exception {
        execute(
                PRODUCT,
                "INSERT INTO operator_action (operator, gid, decision, heuristic, reason) VALUES ('o', 'g', 'COMMIT', false, 'r')",
                "UPDATE operator_action SET outcome = 'COMMITTED', because = 'b', ended_at = now() WHERE outcome IS NULL");
        refuses("UPDATE operator_action SET outcome = 'ROLLED_BACK'", RAISED);
        refuses("UPDATE operator_action SET reason = 'another'", INSUFFICIENT_PRIVILEGE);
        refuses("DELETE FROM operator_action", INSUFFICIENT_PRIVILEGE);
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> execute(owner, "UPDATE operator_action SET reason = 'another'"));
    }

    /**
     * Scenario: of the rights' file a later version has other contents, so Flyway runs that file alone. Expected outcome: the application
     * still decides neither who may log in nor which migrations there are, and sets no sequence back.
     */
    @Test
    void rightsThatAreGrantedAnew_leaveTheOperatorsToTheLauncher() throws Exception {
        DatabaseSettings clerk = ordersOf("clerk");
        DatabaseSettings itsOwner = ordersOf("clerk_owner");
        execute(
                superuser("product"),
                "CREATE ROLE clerk LOGIN PASSWORD 'for tests'",
                "CREATE ROLE clerk_owner LOGIN PASSWORD 'for tests'",
                "CREATE SCHEMA clerk AUTHORIZATION clerk_owner",
                "GRANT USAGE ON SCHEMA clerk TO clerk",
                "ALTER ROLE clerk_owner IN DATABASE product SET search_path = clerk",
                "GRANT CONNECT ON DATABASE product TO clerk, clerk_owner");
        Schema.migrate(itsOwner, false);
        refusesRightsOfTheOwner(clerk);

        execute(itsOwner, "UPDATE rights_schema_history SET checksum = 0");
        assertThatExceptionOfType(StartException.class)
                .as("the application is told")
                .isThrownBy(() -> Schema.migrate(clerk, false))
                .withMessageContaining("lacks 1 migrations");
        assertThat(Schema.migrate(itsOwner, false)).isEqualTo(1);
        assertThat(Schema.migrate(clerk, false)).as("nothing is missing").isZero();

        refusesRightsOfTheOwner(clerk);
    }

    private static void refusesRightsOfTheOwner(DatabaseSettings application) {
        for (String sql : List.of(
                "INSERT INTO operator VALUES ('mallory', 'hash')",
                "UPDATE operator SET password_hash = 'hash'",
                "DELETE FROM operator",
                "UPDATE console_schema_history SET checksum = 0",
                "SELECT setval('ticket_claim', 1)")) {
            refuses(application, sql, INSUFFICIENT_PRIVILEGE);
        }
    }

    /**
     * Scenario: an earlier Lockstep's database, whose application owns its tables, first with a branch in doubt. Expected outcome: nothing
     * waits for the branch; when it has ended, the tables are another role's, and the application may do what it must.
     */
    @Test
    void tablesOfAnEarlierVersion_areTakenFromTheApplication_whenNoBranchHasThemLocked() throws Exception {
        DatabaseSettings earlier = PRODUCT.as("earlier", "for tests");
        execute(
                superuser("product"),
                "CREATE ROLE earlier LOGIN PASSWORD 'for tests'",
                "CREATE SCHEMA earlier AUTHORIZATION earlier",
                "GRANT CONNECT ON DATABASE product TO earlier");
        Schema.migrate(earlier, false);
        execute(earlier, "BEGIN", "INSERT INTO product VALUES (1, 'Tea', 1)", "PREPARE TRANSACTION 'in doubt'");

        assertThat(server(earlier).provision()).isEqualTo(earlier);
        execute(earlier, "COMMIT PREPARED 'in doubt'");
        DatabaseSettings itsOwner = server(earlier).provision();
        assertThat(itsOwner.user()).isEqualTo("earlier_owner");
        Schema.migrate(itsOwner, false);

        execute(earlier, "UPDATE product SET product_nums = 2 WHERE product_id = 1");
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(earlier, "DROP TABLE rehearsal"));
        assertThat(Schema.migrate(earlier, false)).as("nothing is missing").isZero();
    }

    /**
     * Scenario: an earlier version has taken stock for a ticket, and a branch is in doubt, when the table of such stock gets another name.
     * Expected outcome: nothing waits for the branch, and the application has its rows by both names: a server of the earlier version may still
     * run beside this one.
     */
    @Test
    void stockTakenForTickets_outlivesTheNameOfItsTable_withTheRightsOnIt() throws Exception {
        DatabaseSettings grocer = PRODUCT.as("grocer", "for tests");
        DatabaseSettings itsOwner = PRODUCT.as("grocer_owner", "for tests");
        execute(
                superuser("product"),
                "CREATE ROLE grocer LOGIN PASSWORD 'for tests'",
                "CREATE ROLE grocer_owner LOGIN PASSWORD 'for tests'",
                "CREATE SCHEMA grocer AUTHORIZATION grocer_owner",
                "GRANT USAGE ON SCHEMA grocer TO grocer",
                "ALTER ROLE grocer_owner IN DATABASE product SET search_path = grocer",
                "GRANT CONNECT ON DATABASE product TO grocer, grocer_owner");
        Flyway.configure(Schema.class.getClassLoader())
                .dataSource(Schema.dataSource(itsOwner))
                .locations(
                        "classpath:db/product",
                        "classpath:db/participant",
                        "classpath:db/console/audit",
                        "classpath:db/rights")
                .placeholders(Map.of("role", "grocer"))
                .target("6")
                .load()
                .migrate();
        execute(
                grocer,
                "INSERT INTO product VALUES (1, 'Tea', 8)",
                "INSERT INTO ticket_desk VALUES (1, 7, 2)",
                "INSERT INTO ticket_taking VALUES (gen_random_uuid(), 1, 2)",
                "BEGIN",
                "UPDATE product SET product_nums = product_nums - 1",
                "PREPARE TRANSACTION 'of the grocer'");

        Schema.migrate(itsOwner, false);

        assertThat(text(grocer, "SELECT concat_ws('|', product_id, last_claim, taken) FROM ticket_stock"))
                .isEqualTo("1|7|2");
        assertThat(text(grocer, "SELECT sum(quantity) FROM ticket_taking")).isEqualTo("2");
        execute(
                grocer,
                "UPDATE ticket_stock SET last_claim = 8",
                "UPDATE ticket_desk SET taken = taken + 3",
                "COMMIT PREPARED 'of the grocer'");
        assertThat(text(grocer, "SELECT concat_ws('|', last_claim, taken) FROM ticket_desk"))
                .isEqualTo("8|5");
        refuses(grocer, "DROP VIEW ticket_desk", INSUFFICIENT_PRIVILEGE);
    }

    /**
     * Scenario: own databases of the version in which all owners of tables shared a history; somebody starts the application before
     * "migrate", a migration failed, a row is another's; then two migrate at once. Expected outcome: refusals that say why and change
     * nothing; then each owner has its history, and nothing ran twice. The next start has nothing to do.
     */
    @Test
    void historyThatAllShared_isDividedOnce_orWhyNotIsTold() throws Exception {
        DatabaseSettings application = earlierOrders("orders");
        DatabaseSettings itsOwner = application.as("orders_owner", secrets.of("product.owner"));
        refusesToMigrate(
                application,
                " lacks what this version makes of its migrations' history, and LOCKSTEP_ORDERS_DB_USER=orders ");

        execute(itsOwner, "UPDATE flyway_schema_history SET success = false WHERE version = '8'");
        refusesToMigrate(
                itsOwner, "its table flyway_schema_history says that V8__operator_session.sql failed at 2026-11-28 ");
        execute(
                itsOwner,
                "UPDATE flyway_schema_history SET success = true",
                "INSERT INTO flyway_schema_history SELECT 99, '99', description, type, 'V99__till.sql', checksum, installed_by,"
                        + " installed_on, execution_time, success FROM flyway_schema_history WHERE version = '9'");
        refusesToMigrate(
                itsOwner, "flyway_schema_history has a row of V99__till.sql, which no part of this version brings");
        execute(itsOwner, "DELETE FROM flyway_schema_history WHERE version = '99'");
        assertThat(Databases.number(
                        Schema.dataSource(itsOwner),
                        "SELECT count(*) FROM pg_tables WHERE schemaname = 'orders'"
                                + " AND tablename LIKE '%history'"))
                .isEqualTo(1);

        InParallel.run(Collections.nCopies(2, () -> Schema.migrate(itsOwner, false)));

        EarlierInstallation.requireTakenOver(Schema.dataSource(itsOwner), "participant", "console", "orders", "rights");
        assertThat(EarlierInstallation.scripts(Schema.dataSource(itsOwner), "TABLE console_schema_history"))
                .containsExactly(
                        "V3__operator.sql",
                        "V4__operator_action.sql",
                        "V8__operator_session.sql",
                        "V9__operator_action_reset.sql",
                        "R__audit_only_grows.sql",
                        "V10__operator_action_archive.sql");
        assertThat(Schema.migrate(itsOwner, false)).isZero();
        assertThat(Schema.migrate(application, false)).as("what is missing").isZero();
        for (String history : List.of("flyway", "participant", "console", "orders", "rights")) {
            refuses(application, "DELETE FROM " + history + "_schema_history", INSUFFICIENT_PRIVILEGE);
        }
    }

    /** Scenario: own databases of that version, whose application still owns its tables. Expected outcome: it goes on as before. */
    @Test
    void historyThatAllShared_isDividedByTheApplication_ifItOwnsTheTables() throws Exception {
        DatabaseSettings application = earlierOrders("owned");
        execute(superuser("owned"), "ALTER SCHEMA orders OWNER TO orders", "REASSIGN OWNED BY orders_owner TO orders");

        Schema.migrate(application, false);

        EarlierInstallation.requireTakenOver(
                Schema.dataSource(application), "participant", "console", "orders", "rights");
        assertThat(Schema.migrate(application, false)).isZero();
        execute(application, "UPDATE ticket SET attempts = 0", "CREATE TABLE mine (id int)");
    }

    /**
     * Scenario: a migration must change a table that a branch in doubt has locked. Expected outcome: it does not wait for ever, and the
     * branch is named; when the branch is settled, the migration goes on.
     */
    @Test
    void tableThatABranchInDoubtHasLocked_isNamed_insteadOfWaitedFor() throws Exception {
        execute(superuser("product"), "ALTER ROLE product_owner SET lock_timeout = '100ms'");
        execute(
                PRODUCT,
                "BEGIN",
                "INSERT INTO operator_action (operator, gid, decision, heuristic, reason)"
                        + " VALUES ('o', 'g', 'COMMIT', false, 'r')",
                "PREPARE TRANSACTION 'the audit is locked'");
        execute(owner, "UPDATE console_schema_history SET checksum = 0 WHERE script = 'R__audit_only_grows.sql'");

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(() -> Schema.migrate(owner, false))
                .withMessageContaining("R__audit_only_grows.sql")
                .withMessageContaining("Prepared since ")
                .withMessageContaining(": the audit is locked.")
                .withMessageContaining("Start the application as the role that prepared them");

        execute(PRODUCT, "ROLLBACK PREPARED 'the audit is locked'");
        assertThat(Schema.migrate(owner, false)).isEqualTo(1);
    }

    @Test
    void passwordIsAskedFor() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(
                        () -> Schema.dataSource(to(PRODUCT.database(), "wrong")).getConnection())
                .satisfies(refusal -> assertThat(refusal.getSQLState()).isEqualTo(INVALID_PASSWORD));
    }

    /** What a user may get wrong about a server of their own is told by the setting, its value and the remedy. */
    @Test
    void wrongSettingsOfOwnDatabases_areNamedAtFirstLook() {
        String password = PRODUCT.password().orElseThrow();
        assertThat(FirstLook.at(own(PRODUCT.port(), "product", "product", password)))
                .isEqualTo(new FirstLook(List.of(), List.of()));
        assertThat(errorsOf(new DatabaseSettings(
                        "product", Optional.of("no-such-host.invalid"), 5432, "product", "product", Optional.of("x"))))
                .startsWith(
                        "LOCKSTEP_PRODUCT_DB_HOST=no-such-host.invalid is a name that this machine knows no address for");
        assertThat(errorsOf(own(FreePorts.one(), "product", "product", password)))
                .contains("does not listen; start PostgreSQL there, or correct LOCKSTEP_PRODUCT_DB_HOST and PORT");
        assertThat(errorsOf(own(PRODUCT.port(), "product", "product", "wrong")))
                .startsWith("LOCKSTEP_PRODUCT_DB_USER=product is refused with its password")
                .contains("correct LOCKSTEP_PRODUCT_DB_PASSWORD, or what LOCKSTEP_PRODUCT_DB_PASSWORD_FILE names")
                .doesNotContain("wrong");
        assertThat(errorsOf(own(PRODUCT.port(), "shop", "product", password)))
                .startsWith("LOCKSTEP_PRODUCT_DB_NAME=shop is no database of the server");
        assertThat(errorsOf(own(PRODUCT.port(), "postgres", "product", password)))
                .startsWith(
                        "The product database at 127.0.0.1:" + PRODUCT.port() + "/postgres does not let product in: ")
                .endsWith("check LOCKSTEP_PRODUCT_DB_*");
    }

    /** Scenario: a role or database with other defaults than PostgreSQL's. Expected outcome: they are named with the SQL that mends them. */
    @Test
    void otherDefaultsOfOwnDatabases_areNamedAtFirstLook() throws Exception {
        String provider = Integer.parseInt(System.getProperty("lockstep.postgres")) < 15 ? "" : " LOCALE_PROVIDER libc";
        execute(
                superuser("postgres"),
                "CREATE ROLE shopkeeper LOGIN PASSWORD 'for tests'",
                "CREATE DATABASE latin OWNER shopkeeper TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'" + provider,
                "ALTER DATABASE latin SET default_transaction_isolation = 'serializable'",
                "ALTER ROLE shopkeeper SET default_transaction_read_only = on");
        DatabaseSettings latin = own(PRODUCT.port(), "latin", "shopkeeper", "for tests");

        FirstLook look = FirstLook.at(latin);

        assertThat(look.errors()).hasSize(2);
        assertThat(look.errors().get(0))
                .contains("lets shopkeeper only read: default_transaction_read_only is on")
                .contains("ALTER ROLE \"shopkeeper\" SET default_transaction_read_only = off");
        assertThat(look.errors().get(1))
                .contains("default_transaction_isolation is serializable")
                .contains("ALTER ROLE \"shopkeeper\" SET default_transaction_isolation = 'read committed'");
        assertThat(look.warnings()).singleElement().asString().contains("keeps text in LATIN1", "ENCODING 'UTF8'");
        execute(
                superuser("postgres"),
                "ALTER ROLE \"shopkeeper\" SET default_transaction_read_only = off",
                "ALTER ROLE \"shopkeeper\" SET default_transaction_isolation = 'read committed'");
        assertThat(FirstLook.at(latin).errors()).as("after the remedies").isEmpty();
    }

    @Test
    void otherDatabases_areClosedToTheRole() {
        String password = PRODUCT.password().orElseThrow();
        for (String database : List.of("postgres", "template1")) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> Schema.dataSource(to(database, password)).getConnection())
                    .satisfies(refusal -> assertThat(refusal.getSQLState()).isEqualTo(INSUFFICIENT_PRIVILEGE));
        }
    }

    /** The constraint behind the conditional update: no program can take more than there is. */
    @Test
    void stockBelowZero_isRefusedByTheDatabaseItself() throws Exception {
        int productId = new Databases(Schema.dataSource(PRODUCT), null).productOf(1);
        refuses("UPDATE product SET product_nums = product_nums - 2 WHERE product_id = " + productId, CHECK_VIOLATION);
    }
}
