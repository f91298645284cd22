package dev.lockstep.participant.observe;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What one transaction is about. It is kept by the transaction manager, which lets it go with the transaction. Thread-safe. */
final class Subjects implements Supplier<List<Subject>> {

    static final int MAX = 100;

    private volatile List<Subject> all = List.of();

    @Override
    public List<Subject> get() {
        return all;
    }

    /**
     * Adds some, each unless it is there.
     *
     * @throws IllegalStateException if there are too many; then none is added
     */
    synchronized void add(List<Subject> subjects) {
        if (all.isEmpty() && subjects.size() == 1) { // most transactions
            all = List.copyOf(subjects);
            return;
        }
        Set<Subject> more = new LinkedHashSet<>(all);
        more.addAll(subjects);
        if (more.size() > MAX) {
            throw new IllegalStateException("The transaction cannot be about "
                    + subjects.get(subjects.size() - 1).id() + ", too: it has " + all.size()
                    + " subjects; the limit is " + MAX);
        }
        all = List.copyOf(more);
    }

    /** Takes those away that are there. */
    synchronized void remove(List<Subject> subjects) {
        if (!subjects.isEmpty()) {
            Set<Subject> less = new LinkedHashSet<>(all);
            less.removeAll(Set.copyOf(subjects));
            all = List.copyOf(less);
        }
    }
}
