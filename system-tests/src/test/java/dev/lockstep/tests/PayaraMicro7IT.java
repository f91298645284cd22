package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, its WAR and its boot commands with Payara Micro 7, which runs on Java 21 or later only. */
@EnabledIfSystemProperty(
        named = PayaraMicro7IT.JAR,
        matches = ".+",
        disabledReason = "it needs Payara Micro 7; mvn verify -Ppayara-7 fetches it")
@EnabledIf(
        value = "hasJava",
        disabledReason =
                "Payara 7 needs Java 21 or later: set JAVA_HOME_21 to the folder of a JDK, or run Maven on one")
class PayaraMicro7IT {

    static final String JAR = "lockstep.payara-7";

    private static final String JAVA_HOME = System.getenv("JAVA_HOME_21");

    @TempDir
    Path folder;

    @Test
    void placesAnOrderInBothDatabases() throws Exception {
        Map<String, String> settings = LauncherProcess.settings(folder.resolve("data"));
        try (LauncherProcess server =
                LauncherProcess.start(java(), distribution(), settings).awaitReady()) {
            assertThat(folder.resolve("data/logs/payara.log")).content().contains("Payara Micro 7.");
            Databases databases = LauncherProcess.databases(settings);
            int productId = databases.productOf(5);
            UUID orderId = UUID.randomUUID();
            // Not held against the OpenAPI document, of which Payara 7 cannot read "additionalProperties: false".
            OrderApi api = server.api();

            HttpResponse<String> response = api.send(api.request("api/orders")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(OrderApi.orderJson(orderId, productId, 2, "on Payara 7"))));

            assertThat(response.statusCode()).isEqualTo(201);
            assertThat(response.headers().map()).doesNotContainKeys("server", "x-powered-by");
            assertThat(api.send(api.request("api/orders/" + orderId)).body()).contains("\"quantity\":2");
            assertThat(databases.stockOf(productId)).isEqualTo(3);
            assertThat(databases.hasOrder(orderId)).isTrue();
            assertThat(databases.prepared()).isZero();
        }
    }

    /** {@return whether there is a Java that Payara 7 runs on} */
    static boolean hasJava() {
        return JAVA_HOME != null || Runtime.version().feature() >= 21;
    }

    private static Path java() {
        return Path.of(JAVA_HOME != null ? JAVA_HOME : System.getProperty("java.home"));
    }

    /** What the build made, but for the server. The launcher is a copy, since it looks for the others where its jar really is. */
    private Path distribution() throws IOException {
        Path original = TestFolders.distribution().toAbsolutePath();
        Path distribution = Files.createDirectory(folder.resolve("distribution"));
        for (String name : List.of("lib", "client.war", "postgresql.jar", "participant.jar", "lockstep.asadmin")) {
            Files.createSymbolicLink(distribution.resolve(name), original.resolve(name));
        }
        Files.copy(original.resolve("lockstep.jar"), distribution.resolve("lockstep.jar"));
        Files.createSymbolicLink(distribution.resolve("payara-micro.jar"), Path.of(System.getProperty(JAR)));
        return distribution;
    }
}
