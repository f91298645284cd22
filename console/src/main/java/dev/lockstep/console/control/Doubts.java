package dev.lockstep.console.control;

import dev.lockstep.journal.Journal;
import dev.lockstep.journal.State;
import dev.lockstep.journal.Story;
import dev.lockstep.web.stream.Repeated;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Looks once a second what is prepared in all databases: to count what is in doubt, whichever instance began it, and to end the
 * stories that another instance has ended, of which the journal hears nothing.
 */
@ApplicationScoped
public class Doubts {

    private static final Logger LOG = System.getLogger(Doubts.class.getName());

    /** A coordinator that lives ends its branches sooner. */
    static final Duration IN_DOUBT_AFTER = Duration.ofSeconds(2);

    private final Journal journal;
    private final PreparedBranches prepared;
    private volatile Set<String> seen = Set.of();

    @Resource
    private ManagedScheduledExecutorService timer;

    @Resource
    private ManagedExecutorService looks;

    private final Runnable look = new Repeated("The look at what is prepared", this::look);
    private final AtomicBoolean isLooking = new AtomicBoolean();

    private ScheduledFuture<?> ticking;

    protected Doubts() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param journal tells of the transactions
     * @param prepared knows the databases
     */
    @Inject
    public Doubts(Journal journal, PreparedBranches prepared) {
        this.journal = journal;
        this.prepared = prepared;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        ticking = timer.scheduleAtFixedRate(
                new Repeated("The start of a look at what is prepared", this::startLook), 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        ticking.cancel(false);
    }

    /** Not on the timer's thread: a database that lets the look wait would hold up all else that is timed. */
    private void startLook() {
        if (!isLooking.compareAndSet(false, true)) {
            return;
        }
        try {
            looks.execute(look);
        } catch (RuntimeException | Error e) {
            isLooking.set(false);
            throw e;
        }
    }

    /** A failing look must not be the last. */
    private void look() {
        try {
            compare();
        } catch (SQLException | RuntimeException e) {
            LOG.log(Level.DEBUG, "What is prepared cannot be seen now", e);
        } finally {
            isLooking.set(false);
        }
    }

    /** Stories are taken before the databases are asked: what is prepared between the two looks is not left. */
    private void compare() throws SQLException {
        Instant quietSince = Instant.now().minus(IN_DOUBT_AFTER);
        List<Story> left = journal.open().stream()
                .filter(story -> story.isLeft(quietSince))
                .toList();
        List<PreparedBranches.Branch> branches = prepared.everywhere();
        Set<String> all = new HashSet<>();
        Set<String> old = new HashSet<>();
        for (PreparedBranches.Branch branch : branches) {
            all.add(branch.globalId());
            if (branch.age().compareTo(IN_DOUBT_AFTER) > 0) {
                old.add(branch.globalId());
            }
        }
        seen = Set.copyOf(old);
        left.stream().filter(story -> !all.contains(story.globalId())).forEach(journal::settledElsewhere);
    }

    /** {@return which transactions are in doubt: in the databases by the last look, or by what this instance knows} */
    public Set<String> globalIds() {
        Set<String> all = new HashSet<>(seen);
        journal.open().stream()
                .filter(story -> story.state() == State.IN_DOUBT)
                .map(Story::globalId)
                .forEach(all::add);
        return all;
    }
}
