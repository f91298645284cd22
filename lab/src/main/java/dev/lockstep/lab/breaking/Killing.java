package dev.lockstep.lab.breaking;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** SIGKILL, as a power cut does it: for a database's server and all its processes, and for this one. */
@ApplicationScoped
public class Killing {

    private static final Duration DEATH_LIMIT = Duration.ofSeconds(5);

    private final DemoMode demo;

    protected Killing() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param demo knows the processes
     */
    @Inject
    public Killing(DemoMode demo) {
        this.demo = demo;
    }

    /**
     * Kills, and returns when all are dead; never, if this process is among them.
     *
     * @param victims whom
     */
    public void strike(Set<Victim> victims) {
        List<ProcessHandle> processes = new ArrayList<>();
        for (Victim victim : Victim.values()) {
            if (victims.contains(victim)) {
                processes.addAll(
                        victim == Victim.PAYARA ? List.of(ProcessHandle.current()) : demo.processes(victim.text()));
            }
        }
        CompletableFuture<?>[] deaths = processes.stream()
                .filter(process -> !process.equals(ProcessHandle.current()))
                .map(ProcessHandle::onExit)
                .toArray(CompletableFuture[]::new);
        kill(processes);
        CompletableFuture<Void> all =
                victims.contains(Victim.PAYARA) ? new CompletableFuture<>() : CompletableFuture.allOf(deaths);
        all.completeOnTimeout(null, DEATH_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** By a program, since Java does not let a process kill itself; all in one go, in the order given. */
    private static void kill(List<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        try {
            new ProcessBuilder(Stream.concat(
                                    Stream.of("kill", "-KILL"),
                                    processes.stream().map(process -> Long.toString(process.pid())))
                            .toList())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
