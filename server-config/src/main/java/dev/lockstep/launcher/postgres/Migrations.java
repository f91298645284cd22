package dev.lockstep.launcher.postgres;

import dev.lockstep.launcher.settings.DatabaseSettings;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The scripts of one owner of tables. Each owner numbers its versions by itself, and a table of its own remembers which ones a database has.
 *
 * @param owner who it is, which is also the name of that table up to {@code _schema_history}
 * @param folders where its scripts are, under {@code db}
 */
record Migrations(String owner, List<String> folders) {

    /** First everywhere; its history is also the mark of a database whose owners have histories. */
    private static final Migrations PARTICIPANT = new Migrations("participant", List.of("participant"));

    /** What the application's role may do with the others' tables, so it comes last. */
    private static final Migrations RIGHTS = new Migrations("rights", List.of("rights"));

    /**
     * All that have tables in a database, in the order to migrate them.
     *
     * @param database the database
     * @param isDemo whether to fill the product table, if this is the product database
     */
    static List<Migrations> of(DatabaseSettings database, boolean isDemo) {
        return database.name().equals("product")
                ? List.of(
                        PARTICIPANT,
                        new Migrations("console", List.of("console/audit")),
                        new Migrations("product", isDemo ? List.of("product", "demo") : List.of("product")),
                        RIGHTS)
                : List.of(
                        PARTICIPANT,
                        new Migrations("console", List.of("console/audit", "console/operator")),
                        new Migrations("orders", List.of("orders")),
                        RIGHTS);
    }

    /** {@return whether these are no tables, but the rights of a role that owns none} */
    boolean areRights() {
        return equals(RIGHTS);
    }

    /** {@return the table that remembers them} */
    String history() {
        return owner + "_schema_history";
    }

    /**
     * Tells whether a script is this owner's.
     *
     * @param script the name of a file, without a folder
     */
    boolean has(String script) {
        return folders.stream()
                .anyMatch(folder -> Migrations.class.getResource("/db/" + folder + "/" + script) != null);
    }

    /**
     * What applies them. An owner that comes to others' tables begins at its first version; the participant, which is first, refuses a
     * schema with tables of which nobody tells a history: they are another application's.
     *
     * @param configuration of the database
     */
    Flyway in(FluentConfiguration configuration) {
        return configuration
                .table(history())
                .locations(
                        folders.stream().map(folder -> "classpath:db/" + folder).toArray(String[]::new))
                .baselineOnMigrate(!equals(PARTICIPANT))
                .baselineVersion("0")
                // The demo products of an earlier start need not be wanted any more.
                .ignoreMigrationPatterns("repeatable:missing", "*:future")
                .load();
    }
}
