package dev.lockstep.benchmarks;

/**
 * One of two that are compared.
 *
 * @param name what it is called in the report
 * @param installation the server
 * @param world how is ordered
 * @param isWatched whether a browser looks on
 */
record Candidate(String name, Installation installation, World world, boolean isWatched) {

    /** Lets the clients order for the length of a round. */
    Round round(Parameters parameters) throws Exception {
        Shelf shelf = installation.books().shelf(parameters.products());
        ProcessorTime before = ProcessorTime.now();
        Load load = Load.of(this, shelf, parameters);
        return new Round(this, shelf, load, ProcessorTime.now().since(before));
    }
}
