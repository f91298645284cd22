package dev.lockstep.lab.breaking;

import dev.lockstep.operator.control.Demonstration;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Whether the launcher started this server to be broken. It says so by {@code LOCKSTEP_DEMO_FOLDER}, the folder of its embedded databases,
 * and no other way leads from here to a database's process.
 */
@ApplicationScoped
public class DemoMode implements Demonstration {

    private static final String FOLDER = System.getenv().getOrDefault("LOCKSTEP_DEMO_FOLDER", "");

    @Override
    public boolean isOn() {
        return !FOLDER.isEmpty();
    }

    /**
     * Finds the processes of an embedded database's server.
     *
     * @param database {@code product} or {@code orders}
     * @return those that run now, the first is the parent of the others; none if the server is away
     */
    public List<ProcessHandle> processes(String database) {
        Path folder = Path.of(FOLDER, database);
        try (Stream<String> lines = Files.lines(folder.resolve("postmaster.pid"))) {
            return lines.findFirst().map(String::strip).map(Long::valueOf).flatMap(ProcessHandle::of).stream()
                    // The number in a dead server's file may be somebody else's by now.
                    .filter(process -> process.info().commandLine().orElse("").contains(folder.toString()))
                    .flatMap(parent -> Stream.concat(Stream.of(parent), parent.descendants()))
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
