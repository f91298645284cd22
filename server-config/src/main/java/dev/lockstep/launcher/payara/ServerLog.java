package dev.lockstep.launcher.payara;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads in Payara's log what a start failed of. Payara goes on after a failed boot command or deployment, so nothing else
 * tells.
 *
 * @param file the log
 */
record ServerLog(Path file) {

    private static final int SEVERE = 1000;
    private static final int WARNING = 900;

    private static final Pattern DOCTOR =
            Pattern.compile("dev\\.lockstep\\.doctor\\..*\\[levelValue: (?<level>\\d+)\\] (?<sentence>.*)");
    private static final Pattern BOOT_COMMAND = Pattern.compile("(?<sentence>Boot Command \\S+ failed.*)");
    private static final Pattern DEPLOYMENT =
            Pattern.compile("(?<sentence>Exception while (?:loading|deploying|preparing|invoking).*)");

    /** {@return the doctor's errors and failed boot commands, or else that the deployment failed} */
    List<String> errors() {
        List<String> known =
                Stream.concat(doctor(SEVERE), matches(BOOT_COMMAND)).toList();
        return known.isEmpty() ? matches(DEPLOYMENT).limit(1).toList() : known;
    }

    /** {@return the doctor's doubts} */
    List<String> warnings() {
        return doctor(WARNING).toList();
    }

    private Stream<String> doctor(int level) {
        return lines().map(DOCTOR::matcher)
                .filter(Matcher::find)
                .filter(found -> Integer.parseInt(found.group("level")) == level)
                .map(found -> found.group("sentence"));
    }

    private Stream<String> matches(Pattern pattern) {
        return lines().map(pattern::matcher).filter(Matcher::find).map(found -> found.group("sentence"));
    }

    private Stream<String> lines() {
        try {
            return Files.exists(file)
                    ? Files.readString(file, StandardCharsets.UTF_8).lines()
                    : Stream.empty();
        } catch (IOException e) {
            return Stream.empty(); // being replaced, or cut within a character; it is read again soon
        }
    }
}
