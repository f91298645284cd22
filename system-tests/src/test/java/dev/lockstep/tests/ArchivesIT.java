package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is in the archives that are handed out: no means to hold or break an order is in what production gets. */
@Tag("quick")
class ArchivesIT {

    private static final String LAB = ".*(dev/lockstep/lab/|stop\\.html|js/stop/|js/break/).*";
    private static final String PAGES = "js/pages.js";

    @Test
    void productionHasNothingOfTheLab() throws IOException {
        Map<String, String> production = entries("client.war");
        assertThat(production).containsKeys("index.html", PAGES);
        assertThat(production.keySet())
                .anyMatch(name -> name.matches("WEB-INF/lib/console-.*\\.jar!/META-INF/resources/console\\.html"))
                .anyMatch(name -> name.contains("dev/lockstep/shop/order/OrdersServlet.class"))
                .noneMatch(name -> name.matches(LAB));
        assertThat(production.get(PAGES)).contains("console.html").doesNotContain("stop.html");
        assertThat(Files.readAllLines(Path.of("../.dockerignore")))
                .contains("server-config/target/lockstep/client-lab.war");
    }

    @Test
    void demonstrationHasBoth() throws IOException {
        Map<String, String> demonstration = entries("client-lab.war");
        assertThat(demonstration.keySet())
                .containsAll(entries("client.war").keySet())
                .contains("stop.html")
                .anyMatch(name -> name.matches("WEB-INF/classes/dev/lockstep/lab/.*"));
        assertThat(demonstration.get(PAGES)).contains("stop.html");
    }

    /** It has no database where a ticket could wait, so no page offers one. */
    @Test
    void shopWithoutADatabase_hasNothingOfTickets() throws IOException {
        Map<String, String> remote = entries("client-remote-lab.war");
        assertThat(remote.keySet())
                .contains("index.html", "stop.html")
                .noneMatch(name -> name.matches("ticket\\.html|js/(offers\\.js|ticket/.*)"));
        assertThat(remote.entrySet())
                .filteredOn(entry -> entry.getKey().endsWith("META-INF/resources/js/offers.js"))
                .singleElement()
                .satisfies(offers -> assertThat(offers.getValue()).contains("HAS_TICKETS = false"));
        assertThat(entries("client-lab.war").get("js/offers.js")).contains("HAS_TICKETS = true");
    }

    /** Those of its libraries, too, by {@code library!/name}; with the text of the scripts. */
    private static Map<String, String> entries(String archive) throws IOException {
        try (InputStream bytes = Files.newInputStream(TestFolders.distribution().resolve(archive))) {
            return entries("", bytes);
        }
    }

    private static Map<String, String> entries(String prefix, InputStream bytes) throws IOException {
        Map<String, String> entries = new TreeMap<>();
        ZipInputStream zip = new ZipInputStream(bytes);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = prefix + entry.getName();
            byte[] content = zip.readAllBytes();
            if (name.endsWith(".jar")) {
                entries.putAll(entries(name + "!/", new ByteArrayInputStream(content)));
            } else {
                entries.put(name, name.endsWith(".js") ? new String(content, StandardCharsets.UTF_8) : "");
            }
        }
        return entries;
    }
}
