package dev.lockstep.benchmarks;

import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.launcher.payara.ServerParts;
import dev.lockstep.launcher.settings.Settings;
import dev.lockstep.launcher.testing.PayaraLog;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.xa.PGXADataSource;

/** The candidates that run on Payara. */
final class PayaraServers {

    private PayaraServers() {}

    /** Lockstep as delivered, but for these variables of its environment. */
    static Entrant lockstep(String name, String title, Arena arena, Map<String, String> variables) throws Exception {
        Settings settings = arena.settings(name);
        return start(title, arena, settings, lockstep(name, arena, settings, variables));
    }

    /** The same, not yet running. */
    static PayaraMicro lockstep(String name, Arena arena, Settings settings, Map<String, String> variables)
            throws IOException {
        Path folder = arena.folder(name);
        Map<String, String> environment = new HashMap<>(arena.environment(settings));
        environment.putAll(variables);
        return new PayaraMicro(
                arena.builds().mine(),
                arena.home(),
                settings.url(),
                environment,
                folder.resolve("temp"),
                folder.resolve("payara.log"));
    }

    /** The small application on pgjdbc's class, with Payara's log and recovery; all other settings are Lockstep's. */
    static Entrant ownLog(Rival rival, Arena arena) throws Exception {
        Settings settings = arena.settings(rival.toString());
        Path folder = arena.folder(rival.toString());
        Path distribution = PayaraLog.distribution(arena.builds().mine(), folder, PGXADataSource.class.getName());
        ServerParts parts = new ServerParts(
                rival.title(),
                SmallApplication.in(folder),
                List.of(distribution.resolve("lockstep.asadmin")),
                List.of(distribution.resolve("postgresql.jar")),
                Optional.empty());
        return start(
                rival.title(),
                arena,
                settings,
                new PayaraMicro(
                        distribution,
                        parts,
                        arena.home(),
                        settings.url(),
                        arena.environment(settings),
                        folder.resolve("temp"),
                        folder.resolve("payara.log")));
    }

    private static Entrant start(String title, Arena arena, Settings settings, PayaraMicro server) throws Exception {
        server.prepare(); // unpacks it: that is not part of a start
        return arena.start(title, server, settings);
    }
}
