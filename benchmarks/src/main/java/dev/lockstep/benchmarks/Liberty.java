package dev.lockstep.benchmarks;

import dev.lockstep.launcher.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Open Liberty, as its zip is, with the small application. */
final class Liberty {

    private Liberty() {}

    static Entrant start(Rival rival, Arena arena) throws Exception {
        Settings settings = arena.settings(rival.toString());
        Path folder = arena.folder(rival.toString());
        Path server = folder.resolve("usr/servers/shop");
        War.copy("/liberty/server.xml", server.resolve("server.xml"));
        SmallApplication.in(arena.folder(rival + "/usr/servers/shop/apps"));
        Map<String, String> environment = new HashMap<>(arena.environment(settings));
        environment.put("WLP_USER_DIR", folder.resolve("usr").toString());
        environment.put(
                "POSTGRESQL_JAR",
                arena.builds().mine().resolve("postgresql.jar").toString());
        Path home = arena.rivals().resolve("wlp");
        List<String> words = List.of(
                "@" + home.resolve("lib/platform/java/java9.options"),
                "-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"),
                "-jar",
                home.resolve("bin/tools/ws-server.jar").toString(),
                "shop");
        return arena.start(
                rival.title(), new JavaServer(rival.title(), settings.url(), words, environment, folder), settings);
    }
}
