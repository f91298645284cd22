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
 * tells. Lines of JSON are read as the text that Payara would have written instead.
 *
 * @param file the log
 */
record ServerLog(Path file) {

    private static final int SEVERE = 1000;
    private static final int WARNING = 900;

    private static final Pattern DOCTOR =
            Pattern.compile("dev\\.lockstep\\.(?:shop\\.)?doctor\\..*\\[levelValue: (?<level>\\d+)\\] (?<sentence>.*)");
    /** Another server bears this one's name. */
    private static final Pattern NAME_TAKEN = Pattern.compile(
            "dev\\.lockstep\\.participant\\.database\\.NameLock.*\\[levelValue: 1000\\] (?<sentence>.*)");

    private static final Pattern BOOT_COMMAND = Pattern.compile("(?<sentence>Boot Command \\S+ failed.*)");

    /** Payara ends then, with code 1, and does not tell the port; before the application is deployed only the sign of life listens. */
    private static final Pattern NOT_BOUND = Pattern.compile("java\\.net\\.BindException: (?<sentence>.*)");

    /** The persistence provider connects at deployment, before the doctor can look. */
    private static final Pattern NO_CONNECTION = Pattern.compile(
            "^Internal Exception: java.sql.SQLException: (?<sentence>Error in allocating a connection.*)");

    private static final Pattern DEPLOYED = Pattern.compile("(?<sentence>\\S+ was successfully deployed)");
    private static final Pattern RUNNING = Pattern.compile("(?<sentence>Payara Micro .* ready in )");
    /** Told also of what "was successfully deployed" before it was started. */
    private static final Pattern NOT_LOADED = Pattern.compile("(?<sentence>Exception while loading the app)");
    /** The line that comes next has the reason. */
    private static final String BEFORE_THE_REASON = "Exception during lifecycle processing";

    private static final Pattern HEAD_OR_CLASS_NAMES =
            Pattern.compile("^(.*\\[levelValue: \\d+\\] )?([\\w.$]+(Exception|Error): )*");

    /** {@return names and ports that are taken, the doctor's errors, failed boot commands, silent databases, or else that nothing was deployed} */
    List<String> errors() {
        List<String> lines = lines(); // once: a later reading may have what an earlier one had not
        boolean isOver = has(NOT_LOADED, lines) || has(RUNNING, lines); // before that the doctor may have more to say
        List<String> known = Stream.of(
                        matches(NAME_TAKEN, lines),
                        doctor(SEVERE, lines).filter(sentence -> isOver),
                        matches(BOOT_COMMAND, lines),
                        matches(NOT_BOUND, lines)
                                .map(sentence -> "The port of a listener was taken meanwhile: " + sentence),
                        matches(NO_CONNECTION, lines)
                                .map(sentence -> sentence + " Check LOCKSTEP_PRODUCT_DB_* and LOCKSTEP_ORDERS_DB_*."))
                .flatMap(errors -> errors)
                .distinct()
                .toList();
        boolean isWithoutApplication = has(NOT_LOADED, lines) || (has(RUNNING, lines) && !has(DEPLOYED, lines));
        return known.isEmpty() && isWithoutApplication
                ? List.of("The application was not deployed" + reason(lines) + "; the log: " + file)
                : known;
    }

    /** {@return whether the application is deployed} */
    boolean hasApplication() {
        List<String> lines = lines();
        return has(DEPLOYED, lines) && !has(NOT_LOADED, lines);
    }

    /** {@return whether the port of a listener was not to be had} */
    boolean hasNotBound() {
        return has(NOT_BOUND, lines());
    }

    private static String reason(List<String> lines) {
        return lines.stream()
                .dropWhile(line -> !line.endsWith(BEFORE_THE_REASON))
                .skip(1)
                .findFirst()
                .map(line -> ": " + HEAD_OR_CLASS_NAMES.matcher(line).replaceFirst(""))
                .orElse("");
    }

    /** {@return the doctor's doubts} */
    List<String> warnings() {
        return doctor(WARNING, lines()).toList();
    }

    private static Stream<String> doctor(int level, List<String> lines) {
        return lines.stream()
                .map(DOCTOR::matcher)
                .filter(Matcher::find)
                .filter(found -> Integer.parseInt(found.group("level")) == level)
                .map(found -> found.group("sentence"));
    }

    private static Stream<String> matches(Pattern pattern, List<String> lines) {
        return lines.stream().map(pattern::matcher).filter(Matcher::find).map(found -> found.group("sentence"));
    }

    private static boolean has(Pattern pattern, List<String> lines) {
        return matches(pattern, lines).findAny().isPresent();
    }

    private List<String> lines() {
        try {
            return Files.exists(file)
                    ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                            .lines()
                            .flatMap(JsonLine::asText)
                            .toList()
                    : List.of();
        } catch (IOException e) {
            return List.of(); // being replaced; it is read again soon
        }
    }
}
