package dev.lockstep.tests.flow;

/** What a way between two machines does to all messages. */
enum Weather {
    /** Everything arrives. */
    FAIR("fair"),
    /** All connections are reset, and each new one. */
    CUT("cut"),
    /** Nothing arrives, nobody is told, and what was sent meanwhile never comes. */
    SILENT("silent"),
    /** Nothing arrives until the weather changes; then everything does. */
    STALLED("stalled"),
    /** Each request and each answer comes late. */
    SLOW("slow"),
    /** By turns a request is lost and an answer, each with its connection. */
    LOSSY("lossy"),
    /** Requests arrive, and their answers do not. */
    ONE_WAY("one way only"),
    /** Each request arrives twice; the second answer is lost. */
    DUPLICATED("duplicated"),
    /** Each request arrives once more after the next one. */
    REORDERED("reordered");

    private final String words;

    Weather(String words) {
        this.words = words;
    }

    /** Whether it is of the cable, so that neither machine reaches the other. */
    boolean isOfBothWays() {
        return this == CUT || this == SILENT;
    }

    @Override
    public String toString() {
        return words;
    }
}
