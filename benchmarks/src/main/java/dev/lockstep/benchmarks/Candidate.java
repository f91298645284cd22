package dev.lockstep.benchmarks;

import dev.lockstep.benchmarks.Ordering.Entrance;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/**
 * One of those that are compared.
 *
 * @param name what it is called in the report
 * @param installation the server
 * @param world how is ordered
 * @param watched the streams that somebody watches meanwhile
 * @param entrance where clients order
 */
record Candidate(String name, Installation installation, World world, List<String> watched, Entrance entrance) {

    /** Orders come over HTTP. */
    Candidate(String name, Installation installation, World world, List<String> watched) {
        this(name, installation, world, watched, () -> new HttpOrdering(installation.url(), world));
    }

    /** Nobody watches. */
    Candidate(String name, Installation installation, World world) {
        this(name, installation, world, List.of());
    }

    /** Lets the clients order for the length of a round, and waits until all that they ordered is served. */
    Round round(Parameters parameters) throws InterruptedException, IOException, SQLException {
        Shelf shelf = installation.books().shelf(parameters.products());
        if (world == World.TICKETS) {
            installation.awaitKnown(shelf);
        }
        List<Watcher> watchers = watched.stream()
                .map(stream -> Watcher.of(installation.url(), stream))
                .toList();
        Writes writes = installation.books().writes();
        ProcessorTime before = ProcessorTime.now();
        long began = System.nanoTime();
        Load load = Load.of(this, shelf, parameters);
        double servedSeconds = load.seconds();
        if (world == World.TICKETS) {
            installation.books().awaitServed(shelf);
            servedSeconds = (System.nanoTime() - began) / 1e9;
        }
        ProcessorTime.Spent spent = ProcessorTime.now().since(before);
        Round round = new Round(
                this,
                shelf,
                load,
                servedSeconds,
                spent,
                installation.books().writes().since(writes));
        for (Watcher watcher : watchers) {
            watcher.close();
        }
        return round;
    }
}
