package dev.lockstep.tests.killmatrix;

import dev.lockstep.launcher.testing.PayaraLog;
import dev.lockstep.tests.TestFolders;
import dev.lockstep.tests.killmatrix.inside.ObservedPgXaDataSource;
import java.nio.file.Path;
import java.time.Duration;

/** By what the two databases take part in Payara's transactions. */
enum Participation {

    /** As the boot commands have it. */
    LOCKSTEP("Lockstep's participant", Duration.ofSeconds(20)) {
        @Override
        Path distribution(Path folder) {
            return original();
        }
    },

    /** pgjdbc's own class, with Payara's log and recovery as its manual recommends. */
    PAYARA_LOG("pgjdbc's class, Payara's log and recovery", Duration.ofSeconds(10)) {
        @Override
        Path distribution(Path folder) {
            return PayaraLog.distribution(original(), folder, ObservedPgXaDataSource.class.getName());
        }
    };

    private final String title;
    private final Duration healLimit;

    Participation(String title, Duration healLimit) {
        this.title = title;
        this.healLimit = healLimit;
    }

    /** After this nothing more is expected without a restart. */
    Duration healLimit() {
        return healLimit;
    }

    /** What a server is made of; the folder is for what is not as in the build. */
    abstract Path distribution(Path folder);

    private static Path original() {
        return TestFolders.distribution().toAbsolutePath();
    }

    @Override
    public String toString() {
        return title;
    }
}
