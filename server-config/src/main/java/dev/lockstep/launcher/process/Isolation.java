package dev.lockstep.launcher.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Command prefixes that tie a child to its launcher and to nothing else, from util-linux, where there is one. Elsewhere a
 * child outlives a launcher that was killed; {@link Orphans} of the next start on the same data folder end it.
 */
public final class Isolation {

    private Isolation() {}

    /**
     * Lets a child run in a session of its own, so that Ctrl-C reaches the launcher alone and it can stop its children in
     * order, and die with the launcher's thread that started it, even if that is killed.
     *
     * @param deathSignal what the child gets when the launcher dies, such as {@code TERM}
     * @return the words to put before the command, maybe none
     */
    public static List<String> tiedToLauncher(String deathSignal) {
        List<String> words = new ArrayList<>();
        if (has("setsid")) {
            words.add("setsid");
        }
        if (has("setpriv")) {
            words.addAll(List.of("setpriv", "--pdeathsig", deathSignal));
        }
        return words;
    }

    /**
     * Lets a program that refuses to run as root run in a user namespace where it is nobody; needed by root alone.
     *
     * @return the words to put before the command, maybe none
     */
    public static List<String> notAsRoot() {
        return "root".equals(System.getProperty("user.name")) && has("unshare") ? List.of("unshare", "-U") : List.of();
    }

    /**
     * Lets a child have only the processor time that others leave.
     *
     * @return the words to put before the command, maybe none
     */
    public static List<String> inBackground() {
        return has("nice") ? List.of("nice", "-n", "19") : List.of();
    }

    private static boolean has(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(":", -1)).anyMatch(dir -> Files.isExecutable(Path.of(dir, program)));
    }
}
