package dev.lockstep.launcher.payara;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines as Payara Micro 6.2025.10 wrote them. */
class ServerLogTest {

    private static final String RUNNING = "[levelValue: 800] Payara Micro 6.2025.10 (build 42) ready in 5,897 (ms)\n";

    @TempDir
    Path folder;

    @Test
    void noLogYet_hasNothing() {
        assertThat(new ServerLog(folder.resolve("none")).errors()).isEmpty();
    }

    @Test
    void doctorsSentences_areToldByLevel() throws Exception {
        String lines = line(1000, "jdbc/product [x] cannot prepare") + line(900, "a doubt") + line(800, "all well");
        ServerLog log = log(lines + RUNNING);
        assertThat(log.errors()).containsExactly("jdbc/product [x] cannot prepare");
        assertThat(log.warnings()).containsExactly("a doubt");
    }

    /** A slow machine: the launcher reads the log while the doctor is at its second sentence. */
    @Test
    void doctorsErrors_areTold_onceAllAreThere() throws Exception {
        assertThat(log(line(1000, "the first of two errors")).errors()).isEmpty();
    }

    @Test
    void failedBootCommand_isAnError() throws Exception {
        assertThat(
                        log("[levelValue: 900] Boot Command set failed PlainTextActionReporterFAILURENo configuration found\n")
                                .errors())
                .singleElement()
                .asString()
                .startsWith("Boot Command set failed");
    }

    @Test
    void serverWithoutTheApplication_isAnError() throws Exception {
        assertThat(log(RUNNING).errors()).singleElement().asString().contains("was not deployed");
        assertThat(log("client was successfully deployed in 4,565 milliseconds.\n" + RUNNING)
                        .errors())
                .isEmpty();
    }

    /** Scenario: it is loaded, but does not start. Payara says that it is deployed, then why not, and that all is ready. */
    @Test
    void applicationThatDoesNotStart_isAnErrorWithTheReason() throws Exception {
        String deployed = "[levelValue: 800] client was successfully deployed in 44,131 milliseconds.\n";
        String reason = "ContainerBase.addChild: start: No enum constant CookieSecureType.DYNAM\u0130C";
        String notLoaded = "[levelValue: 1000] Exception while loading the app\n";
        assertThat(log(deployed
                                + "[levelValue: 1000] [[\n  Exception during lifecycle processing\n"
                                + "java.lang.Exception: java.lang.IllegalStateException: " + reason + "\n"
                                + "\tat com.sun.enterprise.web.WebApplication.start(WebApplication.java:136)\n]]\n\n"
                                + notLoaded)
                        .errors())
                .singleElement()
                .asString()
                .startsWith("The application was not deployed: " + reason + "; the log: ");
        assertThat(log(deployed
                                + "{\"LoggerName\":\"x\",\"LevelValue\":\"1000\",\"LogMessage\":\"Exception during lifecycle processing\","
                                + "\"Throwable\":{\"Exception\":\"" + reason + "\",\"StackTrace\":\"a.B: c\"}}\n"
                                + "{\"LoggerName\":\"x\",\"LevelValue\":\"1000\",\"LogMessage\":\"Exception while loading the app\"}\n")
                        .errors())
                .singleElement()
                .asString()
                .startsWith("The application was not deployed: " + reason + "; the log: ");
        assertThat(log(line(1000, "the doctor's sentence") + deployed + notLoaded)
                        .errors())
                .containsExactly("the doctor's sentence");
    }

    /** Scenario: somebody took the port after it was chosen. Payara tells so, and ends with code 1. */
    @Test
    void portThatIsTaken_isAnError() throws Exception {
        assertThat(log(RUNNING).hasNotBound()).isFalse();
        assertTaken(log("""
                [NCLS-CORE-00019] [javax.enterprise.system.core] [levelValue: 1000] [[
                  Shutting down server due to startup exception
                java.net.BindException: Address already in use
                \tat java.base/sun.nio.ch.Net.bind0(Native Method)
                ]]

                """));
        assertTaken(log("{\"LoggerName\":\"javax.enterprise.system.core\",\"LevelValue\":\"1000\",\"Throwable\":{"
                + "\"Exception\":\"Shutting down server due to startup exception\","
                + "\"StackTrace\":\"java.net.BindException: Address already in use\\n\\tat java.base\"}}\n"));
    }

    private static void assertTaken(ServerLog log) {
        assertThat(log.hasNotBound()).isTrue();
        assertThat(log.errors()).containsExactly("The port of a listener was taken meanwhile: Address already in use");
    }

    @Test
    void linesOfJson_areReadAsText() throws Exception {
        ServerLog log = log(
                "{\"Level\":\"SEVERE\",\"LoggerName\":\"dev.lockstep.shop.doctor.StartupExamination\","
                        + "\"LevelValue\":\"1000\",\"LogMessage\":\"jdbc/product \\\"x\\\" cannot prepare\"}\n"
                        + "{\"LoggerName\":\"javax.enterprise\",\"LevelValue\":\"1000\",\"Throwable\":{\"Exception\":\"Deployment failed\","
                        + "\"StackTrace\":\"a.B: c\\nInternal Exception: java.sql.SQLException: Error in allocating a connection.\"}}\n"
                        + "{\"LoggerName\":\"x\",\"LevelValue\":\"1000\",\"LogMessage\":\"Exception while loading the app\"}\n");
        assertThat(log.errors())
                .containsExactly(
                        "jdbc/product \"x\" cannot prepare",
                        "Error in allocating a connection. Check LOCKSTEP_PRODUCT_DB_* and LOCKSTEP_ORDERS_DB_*.");
    }

    private static String line(int level, String sentence) {
        return "[2026-11-21T00:31:00.276+0000] [] [[1;91mSEVERE[0m] []"
                + " [[1;94mdev.lockstep.shop.doctor.StartupExamination[0m] [tid: _ThreadID=1 _ThreadName=main]"
                + " [timeMillis: 1795221060276] [levelValue: " + level + "] " + sentence + "\n";
    }

    private ServerLog log(String text) throws Exception {
        return new ServerLog(Files.writeString(folder.resolve("payara.log"), text));
    }
}
