package dev.lockstep.launcher.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may look into a server's folder. */
class DataFolderTest {

    private static final String FOR_ALL = "rwxr-xr-x";
    private static final String FOR_ITS_OWNER = "rwx------";

    @TempDir
    Path parent;

    private Path data;

    @BeforeEach
    void choose() {
        data = parent.resolve("server/data");
    }

    @Test
    void newFolder_isItsOwners() throws Exception {
        DataFolder.open(data);
        assertThat(permissions()).isEqualTo(FOR_ITS_OWNER);
    }

    @Test
    void emptyFolder_becomesItsOwners() throws Exception {
        openToAll();
        DataFolder.open(data);
        assertThat(permissions()).isEqualTo(FOR_ITS_OWNER);
    }

    @Test
    void earlierServersFolder_becomesItsOwners() throws Exception {
        openToAll();
        Files.createFile(data.resolve("launcher.pid"));
        DataFolder.open(data);
        assertThat(permissions()).isEqualTo(FOR_ITS_OWNER);
    }

    /** Somebody's home, say, or /tmp. */
    @Test
    void folderOfOthers_staysAsItIs() throws Exception {
        openToAll();
        Files.createFile(data.resolve("something else"));
        DataFolder.open(data);
        assertThat(permissions()).isEqualTo(FOR_ALL);
    }

    private void openToAll() throws Exception {
        Files.createDirectories(data);
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString(FOR_ALL));
    }

    private String permissions() throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(data));
    }
}
