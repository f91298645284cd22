package dev.lockstep.benchmarks;

import dev.lockstep.launcher.settings.Settings;
import java.nio.file.Path;
import java.util.List;

/** The module {@code benchmarks/spring}. */
final class SpringBoot {

    private SpringBoot() {}

    static Entrant start(Rival rival, Arena arena) throws Exception {
        Settings settings = arena.settings(rival.toString());
        Path folder = arena.folder(rival.toString());
        List<String> words = List.of("-jar", System.getProperty("lockstep.narayana-shop"));
        return arena.start(
                rival.title(),
                new JavaServer(rival.title(), settings.url(), words, arena.environment(settings), folder),
                settings);
    }
}
