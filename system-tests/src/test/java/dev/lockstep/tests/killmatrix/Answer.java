package dev.lockstep.tests.killmatrix;

/** What a client knows of its order. */
public enum Answer {
    /** 201 or 200: the order is written, for good. */
    YES("yes"),
    /** A refusal that promises that nothing was changed, or no connection at all. */
    NO("no"),
    /** 503 outcome-unknown: ask again. */
    UNKNOWN("unknown"),
    /** The connection broke before an answer came: ask again. */
    LOST("no answer");

    private final String words;

    Answer(String words) {
        this.words = words;
    }

    /** Whether it left the client without a word. */
    public boolean isOpen() {
        return this == UNKNOWN || this == LOST;
    }

    @Override
    public String toString() {
        return words;
    }
}
