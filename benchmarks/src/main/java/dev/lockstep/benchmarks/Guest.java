package dev.lockstep.benchmarks;

import dev.lockstep.launcher.console.Steps;
import dev.lockstep.launcher.payara.PayaraMicro;
import dev.lockstep.launcher.process.Supervision;
import dev.lockstep.launcher.settings.Settings;
import java.util.Map;

/**
 * Lockstep as delivered, at an arena's databases, for a while.
 *
 * @param entrant what is known of it
 * @param server the server
 * @param running ends it
 */
record Guest(Entrant entrant, PayaraMicro server, Supervision running) implements AutoCloseable {

    private static final String NAME = "guest";

    /** Starts one, with these variables of its environment. */
    static Guest of(Arena arena, Steps steps, Map<String, String> variables) throws Exception {
        Settings settings = arena.settings(NAME);
        PayaraMicro server = PayaraServers.lockstep(NAME, arena, settings, variables);
        server.prepare();
        Supervision running = new Supervision(steps);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> running.stop(() -> {}), "stop"));
        return new Guest(arena.start(running, NAME, server, settings), server, running);
    }

    /** Makes what lets later ones start faster, unless it is there, and ends the server. */
    @Override
    public void close() {
        server.hasten();
        running.stop(() -> {});
    }
}
