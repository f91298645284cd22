package dev.lockstep.benchmarks;

/**
 * A round of one candidate.
 *
 * @param candidate who
 * @param shelf what was ordered
 * @param load what the clients saw
 * @param servedSeconds from its begin to the last order written in both databases
 * @param processorTime what it cost until then
 */
record Round(Candidate candidate, Shelf shelf, Load load, double servedSeconds, ProcessorTime.Spent processorTime) {

    double servedPerSecond() {
        return load.placed().size() / servedSeconds;
    }

    double microsEach(double seconds) {
        return seconds * 1e6 / load.placed().size();
    }
}
