package dev.lockstep.launcher.archive;

import dev.lockstep.launcher.console.StartException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be archived, and where to.
 *
 * @param days what is older is archived, {@value #DAYS_MIN} to {@value #DAYS_MAX}
 * @param to the folder for files, or empty if none are wanted
 */
public record ArchiveOptions(int days, Optional<Path> to) {

    /** No order is under way for so long. */
    private static final int DAYS_MIN = 1;

    private static final int DAYS_MAX = 36_500;

    private static final String OLDER_THAN = "--older-than";
    private static final String TO = "--to";

    /**
     * Reads the command line.
     *
     * @param arguments what follows the command
     * @return the options
     * @throws StartException if one is missing, unknown, there twice or without a value, or its value is not allowed
     */
    public static ArchiveOptions of(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String option = arguments.get(i);
            if (!option.equals(OLDER_THAN) && !option.equals(TO)) {
                throw new StartException(option + " is no option of archive; there are " + OLDER_THAN + " and " + TO);
            }
            if (i + 1 == arguments.size()) {
                throw new StartException(option + " needs a value, as in " + OLDER_THAN + " 90d " + TO + " a-folder");
            }
            if (values.put(option, arguments.get(i + 1)) != null) {
                throw new StartException(option + " is there twice");
            }
        }
        return new ArchiveOptions(
                days(values.get(OLDER_THAN)),
                Optional.ofNullable(values.get(TO)).map(ArchiveOptions::folder));
    }

    private static int days(String value) {
        if (value == null) {
            throw new StartException(
                    OLDER_THAN + " is missing; it says what is archived, as in " + OLDER_THAN + " 90d");
        }
        if (!value.matches("[0-9]{1,5}d")
                || !isWithinLimits(Integer.parseInt(value.substring(0, value.length() - 1)))) {
            throw new StartException(
                    OLDER_THAN + " " + value + " must be days, " + DAYS_MIN + "d to " + DAYS_MAX + "d, as in 90d");
        }
        return Integer.parseInt(value.substring(0, value.length() - 1));
    }

    private static boolean isWithinLimits(int days) {
        return days >= DAYS_MIN && days <= DAYS_MAX;
    }

    private static Path folder(String value) {
        try {
            if (!value.isBlank()) {
                return Path.of(value).toAbsolutePath();
            }
        } catch (InvalidPathException e) {
            throw new StartException(TO + " " + value + " must be a folder: " + e.getReason(), e);
        }
        throw new StartException(TO + " must be a folder, not blank");
    }

    /** {@return the age from which on something is archived} */
    Duration age() {
        return Duration.ofDays(days);
    }
}
