package dev.lockstep.launcher.payara;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The boot commands of a server with one service alone: none may differ from those of the server with both. */
class BootFilesTest {

    private static final Path FOLDER = Path.of("src/main/payara");

    /** But for the threads: the server with both needs none for flows that wait. */
    @Test
    void serversOfOneService_haveTheCommandsOfTheServerWithBoth() throws IOException {
        List<String> parts = Stream.concat(
                        commands("server.asadmin").stream(),
                        Stream.concat(
                                commands("product-pool.asadmin").stream(), commands("orders-pool.asadmin").stream()))
                .distinct()
                .map(line -> line.replace("max-thread-pool-size=80", "max-thread-pool-size=32"))
                .toList();
        assertThat(parts).containsExactlyInAnyOrderElementsOf(commands("lockstep.asadmin"));
    }

    @Test
    void poolOfAPlan_hasTheCommandsOfTheShopsPools() throws IOException {
        for (String database : List.of("product", "orders")) {
            List<String> pool = commands("pool.asadmin").stream()
                    .map(line -> line.replace("@database@", database)
                            .replace("@DATABASE@", database.toUpperCase(Locale.ROOT)))
                    .toList();
            List<String> ofShop = commands(database + "-pool.asadmin").stream()
                    .map(line -> line.replaceAll(":544[12]}", ":5432}"))
                    .toList();
            assertThat(pool).isEqualTo(ofShop);
        }
    }

    private static List<String> commands(String file) throws IOException {
        return Files.readAllLines(FOLDER.resolve(file)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }
}
