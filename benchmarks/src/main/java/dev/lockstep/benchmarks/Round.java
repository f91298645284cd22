package dev.lockstep.benchmarks;

/**
 * A round of one candidate.
 *
 * @param candidate who
 * @param shelf what was ordered
 * @param load what the clients saw
 * @param servedSeconds from its begin to the last order written in both databases
 * @param processorTime what it cost until then
 * @param writes what the databases wrote until then
 */
record Round(
        Candidate candidate,
        Shelf shelf,
        Load load,
        double servedSeconds,
        ProcessorTime.Spent processorTime,
        Writes writes) {

    double servedPerSecond() {
        return load.placed().size() / servedSeconds;
    }

    double microsEach(double seconds) {
        return each(seconds * 1e6);
    }

    double each(double sum) {
        return sum / load.placed().size();
    }
}
