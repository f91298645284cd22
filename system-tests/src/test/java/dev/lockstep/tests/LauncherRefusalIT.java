package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher cannot start with, it refuses: a message with value and limit, a failure code, nothing left running. */
@ExtendWith(AtTheShop.class)
class LauncherRefusalIT {

    @TempDir
    Path folder;

    private Path data;
    private Map<String, String> settings;

    @BeforeEach
    void choosePorts() {
        data = folder.resolve("data");
        settings = LauncherProcess.settings(data);
    }

    @ConcurrentTest
    void badSettings_areAllNamed() throws Exception {
        settings.put("LOCKSTEP_HTTP_PORT", "70000");
        settings.put("LOCKSTEP_TRANSACTION_TIMEOUT", "soon");
        settings.put("LOCKSTEP_HTTP_PROT", "8080");
        refuses(
                "LOCKSTEP_HTTP_PROT is not a setting and is ignored; did you mean LOCKSTEP_HTTP_PORT?",
                "LOCKSTEP_HTTP_PORT=70000 must be a port, 1 to 65535",
                "LOCKSTEP_TRANSACTION_TIMEOUT=soon must be seconds, 5 to 600");
        assertThat(data).doesNotExist();
    }

    @ConcurrentTest
    void takenPort_isNamed() throws Exception {
        PreparedFolder.linkProgramsInto(data);
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.put("LOCKSTEP_HTTP_PORT", Integer.toString(other.getLocalPort()));
            refuses("LOCKSTEP_HTTP_PORT=" + other.getLocalPort() + " cannot be used on 127.0.0.1");
        }
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            settings.put("LOCKSTEP_HTTP_PORT", Integer.toString(FreePorts.one()));
            settings.put("LOCKSTEP_ORDERS_DB_PORT", Integer.toString(other.getLocalPort()));
            refuses("LOCKSTEP_ORDERS_DB_PORT=" + other.getLocalPort() + " cannot be used on 127.0.0.1");
        }
    }

    @ConcurrentTest
    void foreignAddress_isNamed() throws Exception {
        PreparedFolder.linkProgramsInto(data);
        settings.put("LOCKSTEP_HTTP_ADDRESS", "192.0.2.1");
        refuses("LOCKSTEP_HTTP_ADDRESS=192.0.2.1", "address of this machine");
    }

    @ConcurrentTest
    void folderThatCannotBeWritten_isNamed() throws Exception {
        Path file = Files.writeString(folder.resolve("a file"), "in the way");
        settings.put("LOCKSTEP_DATA_DIR", file.resolve("data").toString());
        refuses("LOCKSTEP_DATA_DIR=" + file.resolve("data") + " must be a folder that can be written");
    }

    @ConcurrentTest
    void dataOfAnotherMajorVersion_isLeftAlone() throws Exception {
        PreparedFolder.linkProgramsInto(data);
        Files.createDirectories(data.resolve("orders"));
        Files.writeString(data.resolve("orders/PG_VERSION"), "13\n");
        refuses("belongs to PostgreSQL 13, this server is PostgreSQL " + System.getProperty("lockstep.postgres") + ";");
        assertThat(data.resolve("orders"))
                .isDirectoryContaining("glob:**/PG_VERSION")
                .isDirectoryNotContaining("glob:**/base");
        assertThat(data)
                .as("the other database's folder is made or not, but never left half done")
                .isDirectoryNotContaining("glob:**.{unfinished,password}");
    }

    @ConcurrentTest
    void secondLauncherOnAFolder_isRefused(RunningShop shop) throws Exception {
        LauncherProcess second = LauncherProcess.start(LauncherProcess.settings(shop.data()));
        assertThat(second.awaitEnd()).isNotZero();
        assertThat(second.output())
                .contains("is in use by the launcher with process id "
                        + shop.launcher().process().pid());
        assertThat(shop.api().get("api/products").statusCode()).isEqualTo(200);
    }

    @ConcurrentTest
    void ownDatabaseThatDoesNotAnswer_isNamed() throws Exception {
        PreparedFolder.putInto(data);
        settings.put("LOCKSTEP_PRODUCT_DB_HOST", "127.0.0.1");
        settings.put("LOCKSTEP_PRODUCT_DB_PASSWORD", "secret");
        refuses("LOCKSTEP_PRODUCT_DB_HOST is set, so LOCKSTEP_SERVER_NAME must be");
        settings.put("LOCKSTEP_SERVER_NAME", "refused");
        refuses("The product database at 127.0.0.1:" + settings.get("LOCKSTEP_PRODUCT_DB_PORT")
                + "/product does not listen; start PostgreSQL there, or correct LOCKSTEP_PRODUCT_DB_HOST and PORT");
    }

    @ConcurrentTest
    void helpNamesEverySetting_andUnknownCommandsAreRefused() throws Exception {
        LauncherProcess help = LauncherProcess.start(settings, "help");
        assertThat(help.awaitEnd()).isZero();
        assertThat(help.output()).contains("LOCKSTEP_HTTP_PORT", "a port, 1 to 65535, default 8080");
        LauncherProcess unknown = LauncherProcess.start(settings, "start");
        assertThat(unknown.awaitEnd()).isEqualTo(2);
        assertThat(unknown.output()).contains("Unknown command: start", "Usage:");
        LauncherProcess elsewhere = LauncherProcess.start(settings, "sql", "stock", "SELECT 1");
        assertThat(elsewhere.awaitEnd()).isEqualTo(2);
        assertThat(elsewhere.output()).contains("Unknown command: sql stock SELECT 1", "sql DATABASE STATEMENT");
    }

    private void refuses(String... sentences) throws InterruptedException {
        LauncherProcess launcher = LauncherProcess.start(settings);
        assertThat(launcher.awaitEnd()).isEqualTo(1);
        assertThat(launcher.output()).contains("Lockstep cannot start:").contains(sentences);
        assertThat(ProcessHandle.allProcesses())
                .noneMatch(process -> process.info().commandLine().orElse("").contains(data.toString()));
    }
}
