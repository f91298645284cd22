package dev.lockstep.flow.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Times and limits of the flows, the same for all applications of a server.
 *
 * @param timeout how long work may take that is not prepared, unless the caller allows less
 * @param answerTimeout how long a peer's answer is waited for; also the budget of the first phase
 * @param patience how long a holder that has voted waits for its silent superior
 * @param decisionTimeout how long a superior asks for a decision before the application is told "in doubt"
 * @param window how far the clocks of two servers may be apart; an ended flow is remembered for twice as long
 * @param maxOpen flows that may be open here at once
 * @param maxWaiting followers that may wait here for a decision before new flows are refused
 * @param maxCalls calls of one flow to this server
 * @param roomTimeout how long a new flow waits until another one ends, if these limits are reached
 */
public record FlowSettings(
        Duration timeout,
        Duration answerTimeout,
        Duration patience,
        Duration decisionTimeout,
        Duration window,
        int maxOpen,
        int maxWaiting,
        int maxCalls,
        Duration roomTimeout) {

    /** What all settings begin with. */
    public static final String PREFIX = "LOCKSTEP_FLOW_";

    /**
     * Checks what depends on each other.
     *
     * @throws IllegalArgumentException if the patience is not longer than the answer timeout
     */
    public FlowSettings {
        if (patience.compareTo(answerTimeout) <= 0) {
            throw new IllegalArgumentException(
                    PREFIX + "PATIENCE=" + patience.toSeconds() + " must be more than " + PREFIX
                            + "ANSWER_TIMEOUT=" + answerTimeout.toSeconds()
                            + ": a superior sends its decision within its answer timeout");
        }
    }

    /** A setting of its own: a number within limits. */
    enum Setting {
        TIMEOUT(30, 5, 600, "seconds"),
        ANSWER_TIMEOUT(5, 1, 60, "seconds"),
        PATIENCE(10, 2, 120, "seconds"),
        DECISION_TIMEOUT(10, 1, 60, "seconds"),
        WINDOW(30, 5, 300, "seconds"),
        MAX_OPEN(16, 1, 4096, "flows"),
        MAX_WAITING(16, 1, 4096, "flows"),
        MAX_CALLS(64, 1, 10_000, "calls"),
        ROOM_TIMEOUT(10, 0, 60, "seconds");

        private final int usual;
        private final int min;
        private final int max;
        private final String unit;

        Setting(int usual, int min, int max, String unit) {
            this.usual = usual;
            this.min = min;
            this.max = max;
            this.unit = unit;
        }

        String variable() {
            return PREFIX + name();
        }

        int usual() {
            return usual;
        }

        String limit() {
            return min + " to " + max + " " + unit;
        }

        private int from(Map<String, String> environment, List<String> faults) {
            String text = environment.getOrDefault(variable(), "");
            if (text.isEmpty()) {
                return usual;
            }
            int value = text.matches("[0-9]{1,8}") ? Integer.parseInt(text) : min - 1;
            if (value < min || value > max) {
                faults.add(variable() + "=" + text + " must be " + limit());
                return usual;
            }
            return value;
        }
    }

    /**
     * Reads the settings.
     *
     * @param environment the process's environment
     * @return them; the usual value of each that is not set
     * @throws IllegalArgumentException naming each that is wrong, its value and its limit
     */
    public static FlowSettings from(Map<String, String> environment) {
        List<String> faults = new ArrayList<>();
        Map<Setting, Integer> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, setting.from(environment, faults));
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", faults));
        }
        return new FlowSettings(
                Duration.ofSeconds(values.get(Setting.TIMEOUT)),
                Duration.ofSeconds(values.get(Setting.ANSWER_TIMEOUT)),
                Duration.ofSeconds(values.get(Setting.PATIENCE)),
                Duration.ofSeconds(values.get(Setting.DECISION_TIMEOUT)),
                Duration.ofSeconds(values.get(Setting.WINDOW)),
                values.get(Setting.MAX_OPEN),
                values.get(Setting.MAX_WAITING),
                values.get(Setting.MAX_CALLS),
                Duration.ofSeconds(values.get(Setting.ROOM_TIMEOUT)));
    }
}
