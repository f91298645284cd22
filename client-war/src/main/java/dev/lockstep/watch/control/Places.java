package dev.lockstep.watch.control;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The places for streams of one kind, shared out among addresses. Where all are taken, whoever comes from an address with fewer of them gets
 * the oldest place of the address that has the most. So nobody shuts others out, and behind a proxy, whose one address all have, all places
 * can be taken. Thread-safe.
 */
public final class Places {

    private final int max;

    /** Oldest first. */
    private final Set<EventStream> taken = new LinkedHashSet<>();

    /**
     * So many places, all free.
     *
     * @param max how many, 1 or more
     */
    public Places(int max) {
        this.max = max;
    }

    /** Gives a place to a stream; another one may have to leave for it. Returns false if there is none. */
    boolean take(EventStream newcomer) {
        Optional<EventStream> leaving = Optional.empty();
        synchronized (this) {
            if (taken.size() >= max) {
                leaving = whoMakesRoomFor(newcomer);
                if (leaving.isEmpty()) {
                    return false;
                }
                taken.remove(leaving.get());
            }
            taken.add(newcomer);
        }
        leaving.ifPresent(EventStream::close); // not within, where it would come back to free its place
        return true;
    }

    synchronized void free(EventStream stream) {
        taken.remove(stream);
    }

    /** Nobody does if the two addresses would but change their roles. */
    private Optional<EventStream> whoMakesRoomFor(EventStream newcomer) {
        Map<Network, Long> shares = taken.stream()
                .map(EventStream::network)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        long own = shares.getOrDefault(newcomer.network(), 0L);
        long most = shares.values().stream().max(Long::compare).orElse(0L);
        return taken.stream()
                .filter(stream -> most > own + 1 && shares.get(stream.network()) == most)
                .findFirst();
    }
}
