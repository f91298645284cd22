package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Only a service asks its tables. What the classes of the WARs say in SQL is read from their class files, where every literal is, and every text
 * that is put together; a table's name that comes from elsewhere is not seen.
 */
@AnalyzeClasses(packages = "dev.lockstep", importOptions = ImportOption.DoNotIncludeTests.class)
class ServiceTablesTest {

    private static final Path MIGRATIONS = Path.of("../server-config/src/main/resources/db");
    private static final Pattern MADE = Pattern.compile("(?i)(?:CREATE TABLE(?: IF NOT EXISTS)?|RENAME TO) (\\w+)");
    private static final Pattern SQL = Pattern.compile("\\b(SELECT|INSERT|UPDATE|DELETE|MERGE|TRUNCATE|LOCK|COPY)\\b");

    /** They came with the operator's login, which is the console's. */
    private static final Set<String> OF_THE_CONSOLE = Set.of("operator", "operator_session");

    /** It shows, for teaching, what another reader sees of an order that is held: the versions of its very rows. */
    private static final String READS_FOR_TEACHING = "dev.lockstep.lab.hold.control.DatabaseReader";

    @ArchTest
    static void noWarReadsAServicesTable(JavaClasses classes) throws IOException {
        Set<String> tables = tables();
        assertThat(tables).contains("customer_order", "product", "ticket").doesNotContain("xa_decision");
        Pattern table = Pattern.compile("(?i)\\b(FROM|JOIN|INTO|UPDATE|TABLE|ONLY|LOCK|COPY)\\s+(\\w+\\.)?("
                + String.join("|", tables) + ")\\b");
        List<String> read = new ArrayList<>();
        List<String> services = new ArrayList<>();
        for (JavaClass any : classes) {
            boolean isService = any.getPackageName().matches("dev\\.lockstep\\.(product|order)\\b.*");
            boolean isOfWar = any.getPackageName()
                    .matches(
                            "dev\\.lockstep\\.(?!product\\b|order\\b|participant\\b|launcher\\b|testing\\b|tests\\b).*");
            for (String text : textsOf(any)) {
                if (SQL.matcher(text).find() && table.matcher(text).find()) {
                    if (isOfWar && !any.getName().equals(READS_FOR_TEACHING)) {
                        read.add(any.getName() + ": " + text);
                    } else if (isService) {
                        services.add(text);
                    }
                }
            }
        }
        assertThat(services)
                .as("what the services ask their tables, which must be seen")
                .isNotEmpty();
        assertThat(read).isEmpty();
    }

    private static Set<String> tables() throws IOException {
        Set<String> tables = new TreeSet<>();
        for (String database : List.of("orders", "product")) {
            try (Stream<Path> files = Files.list(MIGRATIONS.resolve(database))) {
                for (Path file : files.toList()) {
                    MADE.matcher(Files.readString(file))
                            .results()
                            .map((MatchResult made) -> made.group(1))
                            .forEach(tables::add);
                }
            }
        }
        tables.removeAll(OF_THE_CONSOLE);
        return tables;
    }

    /** The texts in a class file (JVM specification, 4.4): its literals, and names, which are no SQL. */
    private static List<String> textsOf(JavaClass any) {
        List<String> texts = new ArrayList<>();
        try (DataInputStream file = new DataInputStream(
                any.getSource().orElseThrow().getUri().toURL().openStream())) {
            file.skipNBytes(8);
            int count = file.readUnsignedShort();
            for (int i = 1; i < count; i++) {
                int tag = file.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts.add(file.readUTF());
                    case 5, 6 -> {
                        file.skipNBytes(8);
                        i++; // a long number takes two places
                    }
                    case 7, 8, 16, 19, 20 -> file.skipNBytes(2);
                    case 15 -> file.skipNBytes(3);
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> file.skipNBytes(4);
                    default -> throw new IllegalStateException(any + " has a constant of the unknown kind " + tag);
                }
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
