package dev.lockstep.launcher.postgres;

import dev.lockstep.launcher.settings.DatabaseSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * The scripts of one owner of tables. Each owner numbers its versions by itself, and a table of its own remembers which ones a database has.
 *
 * @param owner who it is, which is also the name of that table up to {@code _schema_history}
 * @param locations where its scripts are, as Flyway names places
 */
record Migrations(String owner, List<String> locations) {

    private static final String PACKED = "classpath:db/";

    /** First everywhere; its history is also the mark of a database whose owners have histories. */
    private static final Migrations PARTICIPANT = packed("participant", "participant");

    /** What the application's role may do with the others' tables, so it comes last. */
    private static final Migrations RIGHTS = packed("rights", "rights");

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
                        packed("console", "console/audit"),
                        isDemo ? packed("product", "product", "demo") : packed("product", "product"),
                        RIGHTS)
                : List.of(
                        PARTICIPANT,
                        packed("console", "console/audit", "console/operator"),
                        packed("orders", "orders"),
                        RIGHTS);
    }

    /**
     * All that have tables in a database of another application.
     *
     * @param database the database
     * @param scripts the folder of the application's scripts
     */
    static List<Migrations> of(DatabaseSettings database, Path scripts) {
        return List.of(
                PARTICIPANT,
                new Migrations(database.name(), List.of("filesystem:" + scripts.toAbsolutePath())),
                RIGHTS);
    }

    private static Migrations packed(String owner, String... folders) {
        return new Migrations(
                owner, Stream.of(folders).map(folder -> PACKED + folder).toList());
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
        return locations.stream()
                .filter(location -> location.startsWith(PACKED))
                .map(location -> "/db/" + location.substring(PACKED.length()) + "/" + script)
                .anyMatch(path -> Migrations.class.getResource(path) != null);
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
                .locations(locations.toArray(String[]::new))
                .validateMigrationNaming(true)
                .baselineOnMigrate(!equals(PARTICIPANT))
                .baselineVersion("0")
                // The demo products of an earlier start need not be wanted any more.
                .ignoreMigrationPatterns("repeatable:missing", "*:future")
                .load();
    }
}
