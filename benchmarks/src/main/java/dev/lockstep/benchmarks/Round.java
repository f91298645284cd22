package dev.lockstep.benchmarks;

/**
 * A round of one candidate.
 *
 * @param candidate who
 * @param shelf what was ordered
 * @param load what the clients saw
 * @param processorTime what it cost
 */
record Round(Candidate candidate, Shelf shelf, Load load, ProcessorTime processorTime) {

    double microsEach(double seconds) {
        return seconds * 1e6 / load.placed().size();
    }
}
