package dev.lockstep.benchmarks;

import dev.lockstep.launcher.process.Isolation;
import dev.lockstep.launcher.process.Supervised;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A server that is not Payara. It is ready when {@code GET /api/orders} is answered by 204, as the small application does.
 *
 * @param name what it is called
 * @param url where it listens
 * @param words what follows {@code java -Xmx…} on its command line
 * @param environment how it reaches the databases
 * @param folder its working directory, and where its log is
 */
record JavaServer(String name, URI url, List<String> words, Map<String, String> environment, Path folder)
        implements Supervised {

    private static final int READY = 204;
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(1);

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public ProcessBuilder command() {
        List<String> command = new ArrayList<>(Isolation.tiedToLauncher("TERM"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx" + environment.get("LOCKSTEP_MAX_HEAP") + "m"); // as much as Lockstep's
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    @Override
    public Path log() {
        return folder.resolve("server.log");
    }

    @Override
    public boolean isReady() {
        try {
            HttpRequest question = HttpRequest.newBuilder(url.resolve(World.ORDERS.path()))
                    .timeout(ANSWER_LIMIT)
                    .build();
            return CLIENT.send(question, BodyHandlers.discarding()).statusCode() == READY;
        } catch (IOException e) {
            return false; // it does not listen yet
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Optional<String> failure() {
        return Optional.empty();
    }

    @Override
    public Duration startLimit() {
        return START_LIMIT;
    }

    @Override
    public void requestStop(Process process) {
        process.destroy();
    }
}
