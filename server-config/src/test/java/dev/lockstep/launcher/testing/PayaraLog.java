package dev.lockstep.launcher.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The same server without Lockstep's participant: pgjdbc's class, with Payara's log and recovery as its manual recommends. */
public final class PayaraLog {

    private static final String SERVICE = "set configs.config.server-config.transaction-service.";

    /** What only the participant knows, or does without. */
    private static final List<String> OF_THE_PARTICIPANT = List.of(
            "participantName",
            "decisionRetentionSeconds",
            "automatic-recovery",
            "disable-distributed-transaction-logging");

    private PayaraLog() {}

    /**
     * What that server is made of.
     *
     * @param original the folder that the build made, absolute
     * @param folder where to put the other one, and where the server writes its transaction log
     * @param dataSource the name of pgjdbc's class, or of a subclass
     * @return the other one's folder
     */
    public static Path distribution(Path original, Path folder, String dataSource) {
        try {
            Path distribution = Files.createDirectory(folder.resolve("distribution"));
            for (String name : List.of("payara-micro.jar", "client.war", "postgresql.jar", "participant.jar")) {
                Files.createSymbolicLink(distribution.resolve(name), original.resolve(name));
            }
            Path logs = Files.createDirectory(folder.resolve("transaction-logs"));
            String commands = Files.readString(original.resolve("lockstep.asadmin"));
            Files.writeString(distribution.resolve("lockstep.asadmin"), bootCommands(commands, dataSource, logs));
            return distribution;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String bootCommands(String original, String dataSource, Path logs) {
        return withPasswords(original)
                        .replace("dev.lockstep.participant.ParticipantDataSource", dataSource)
                        .lines()
                        .filter(line -> OF_THE_PARTICIPANT.stream().noneMatch(line::contains))
                        .collect(Collectors.joining("\n"))
                + "\n" + SERVICE + "automatic-recovery=true\n" + SERVICE + "tx-log-dir=" + logs + "\n";
    }

    /**
     * Lets any pool have the passwords that the participant takes from the environment by itself.
     *
     * @param original boot commands
     * @return the same, with the passwords as properties that every class has
     */
    public static String withPasswords(String original) {
        return original.replaceAll("property\\.passwordVariable=(\\S+)", "property.password=\\${ENV=$1}");
    }
}
