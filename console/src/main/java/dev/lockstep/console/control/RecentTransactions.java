package dev.lockstep.console.control;

import dev.lockstep.journal.Journal;
import dev.lockstep.journal.State;
import dev.lockstep.journal.Story;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The transactions that the console lists: all open ones and those that ended last. Those that did not simply commit are kept apart, so
 * that a busy minute does not sweep them away. Thread-safe.
 */
@ApplicationScoped
public class RecentTransactions {

    private static final int ORDINARY_MAX = 300;
    private static final int TROUBLED_MAX = 200;

    private static final Comparator<Story> YOUNGEST_FIRST =
            Comparator.comparing(Story::began).reversed();

    private final Journal journal;
    private final Deque<Story> ordinary = new ArrayDeque<>();
    private final Deque<Story> troubled = new ArrayDeque<>();

    protected RecentTransactions() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param journal tells of the transactions
     */
    @Inject
    public RecentTransactions(Journal journal) {
        this.journal = journal;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        journal.onEnd(this::ended);
    }

    synchronized void ended(Story story) {
        if (story.state() == State.COMMITTED && !story.isResolved() && !story.isSettledElsewhere()) {
            add(ordinary, story, ORDINARY_MAX);
        } else {
            add(troubled, story, TROUBLED_MAX);
        }
    }

    private static void add(Deque<Story> ended, Story story, int max) {
        if (ended.size() == max) {
            ended.removeFirst();
        }
        ended.addLast(story);
    }

    /** {@return the open transactions, then the others, the youngest first} */
    public List<Story> all() {
        // First, so that what ends between the two looks is in both, and not in neither.
        Set<Story> open = new HashSet<>(journal.open());
        List<Story> ended = ended();
        open.removeAll(Set.copyOf(ended));
        return Stream.concat(
                        open.stream().filter(Story::isDistributed).sorted(YOUNGEST_FIRST),
                        ended.stream().sorted(YOUNGEST_FIRST))
                .toList();
    }

    private synchronized List<Story> ended() {
        return Stream.concat(ordinary.stream(), troubled.stream()).toList();
    }

    /**
     * Finds a transaction.
     *
     * @param globalId its global id
     * @return its story, the open one first; empty if it is not known here, or not any more
     */
    public Optional<Story> find(String globalId) {
        return journal.open(globalId).or(() -> all().stream()
                .filter(story -> story.globalId().equals(globalId))
                .findFirst());
    }
}
