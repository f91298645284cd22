package dev.lockstep.participant.observe;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What one transaction is about. It is kept by the transaction manager, which lets it go with the transaction. Thread-safe. */
final class Subjects implements Supplier<List<Subject>> {

    static final int MAX = 10;

    private volatile List<Subject> all = List.of();

    @Override
    public List<Subject> get() {
        return all;
    }

    /**
     * Adds one, unless it is there.
     *
     * @throws IllegalStateException if there are too many
     */
    synchronized void add(Subject subject) {
        if (all.contains(subject)) {
            return;
        }
        if (all.size() == MAX) {
            throw new IllegalStateException("The transaction cannot be about " + subject.id() + ", too: it has "
                    + all.size() + " subjects; the limit is " + MAX);
        }
        List<Subject> more = new ArrayList<>(all);
        more.add(subject);
        all = List.copyOf(more);
    }
}
