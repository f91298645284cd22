package dev.lockstep.tests.killmatrix;

import dev.lockstep.tests.TestFolders;
import dev.lockstep.tests.killmatrix.inside.ObservedPgXaDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** By what the two databases take part in Payara's transactions. */
enum Participation {

    /** As the boot commands have it. */
    LOCKSTEP("Lockstep's participant", Duration.ofSeconds(20)) {
        @Override
        String bootCommands(String original, Path logs) {
            return original;
        }
    },

    /** pgjdbc's own class, with Payara's log and recovery as its manual recommends. */
    PAYARA_LOG("pgjdbc's class, Payara's log and recovery", Duration.ofSeconds(10)) {
        @Override
        String bootCommands(String original, Path logs) {
            String service = "set configs.config.server-config.transaction-service.";
            return original.replace(
                                    "dev.lockstep.participant.ParticipantDataSource",
                                    ObservedPgXaDataSource.class.getName())
                            .lines()
                            .filter(line -> !line.contains("decisionRetentionSeconds")
                                    && !line.contains("automatic-recovery")
                                    && !line.contains("disable-distributed-transaction-logging"))
                            .collect(Collectors.joining("\n"))
                    + "\n" + service + "automatic-recovery=true\n" + service + "tx-log-dir=" + logs + "\n";
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

    abstract String bootCommands(String original, Path logs);

    /** What a server is made of, with other boot commands. */
    Path distribution(Path folder) {
        try {
            Path copy = Files.createDirectory(folder.resolve("distribution"));
            Path original = TestFolders.distribution().toAbsolutePath();
            for (String name : List.of("payara-micro.jar", "client.war", "postgresql.jar", "participant.jar")) {
                Files.createSymbolicLink(copy.resolve(name), original.resolve(name));
            }
            Path logs = Files.createDirectory(folder.resolve("transaction-logs"));
            Files.writeString(
                    copy.resolve("lockstep.asadmin"),
                    bootCommands(Files.readString(original.resolve("lockstep.asadmin")), logs));
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return title;
    }
}
