package dev.lockstep.benchmarks;

import dev.lockstep.launcher.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** WildFly, as its zip is, with the small application and the descriptors that it asks for. */
final class WildFly {

    /** Those of its own start script. */
    private static final List<String> OPENED = List.of(
            "java.lang",
            "java.lang.invoke",
            "java.lang.reflect",
            "java.io",
            "java.net",
            "java.security",
            "java.util",
            "java.util.concurrent");

    private WildFly() {}

    static Entrant start(Rival rival, Arena arena) throws Exception {
        Settings settings = arena.settings(rival.toString());
        Path folder = arena.folder(rival.toString());
        Path home = arena.rivals().resolve("wildfly-" + System.getProperty("wildfly.version"));
        Map<String, String> environment = arena.environment(settings);
        Path base = folder.resolve("standalone");
        copy(home.resolve("standalone"), base);
        configure(home, folder, environment);
        Path deployments = base.resolve("deployments");
        Files.copy(arena.builds().mine().resolve("postgresql.jar"), deployments.resolve("postgresql.jar"));
        SmallApplication.in(
                deployments, Map.of("jboss-web.xml", "/wildfly/jboss-web.xml", "web.xml", "/wildfly/web.xml"));
        List<String> words = new ArrayList<>();
        OPENED.forEach(name -> words.add("--add-opens=java.base/" + name + "=ALL-UNNAMED"));
        words.addAll(modular(home, folder));
        words.addAll(List.of(
                "org.jboss.as.standalone",
                "-Djboss.http.port=" + settings.httpPort(),
                "-Djboss.https.port=" + Installation.freePort(),
                "-Djboss.management.http.port=" + Installation.freePort(),
                "-Djboss.management.https.port=" + Installation.freePort()));
        return arena.start(
                rival.title(), new JavaServer(rival.title(), settings.url(), words, environment, folder), settings);
    }

    private static void configure(Path home, Path folder, Map<String, String> environment)
            throws IOException, InterruptedException {
        Path script = folder.resolve("shop.cli");
        War.copy("/wildfly/shop.cli", script);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(modular(home, folder));
        command.addAll(List.of("org.jboss.as.cli", "--file=" + script));
        Path log = folder.resolve("cli.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("JBOSS_HOME", home.toString());
        if (builder.start().waitFor() != 0) {
            throw new IllegalStateException("WildFly could not be configured:\n" + Files.readString(log));
        }
    }

    private static List<String> modular(Path home, Path folder) {
        return List.of(
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + folder.resolve("standalone"),
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString());
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each).toString()));
            }
        }
    }
}
