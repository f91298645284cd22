package dev.lockstep.doctor;

/**
 * Something wrong with the configuration.
 *
 * @param severity whether the server may start nevertheless
 * @param sentence what is wrong, where, and what to set
 */
public record Finding(Severity severity, String sentence) {

    /** How bad it is. */
    public enum Severity {
        /** A promise would be broken: the application does not start. */
        ERROR,
        /** It may be meant so: the application starts and says it. */
        WARNING
    }

    /**
     * A broken promise.
     *
     * @param sentence what, where, and what to set
     * @return the finding
     */
    public static Finding error(String sentence) {
        return new Finding(Severity.ERROR, sentence);
    }

    /**
     * A doubt.
     *
     * @param sentence what, where, and what to set
     * @return the finding
     */
    public static Finding warning(String sentence) {
        return new Finding(Severity.WARNING, sentence);
    }
}
