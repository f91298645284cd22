package dev.lockstep.doctor.control;

import dev.lockstep.watch.control.Journal;
import dev.lockstep.watch.control.Repeated;
import dev.lockstep.watch.control.State;
import dev.lockstep.watch.control.Story;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Knows whether orders can be written, by deeds: settings tell nothing of a standby that is away, a full disk, or rights that were taken back.
 * Orders that are committed prove it by themselves; in a database that had none for a while one is rehearsed. Thread-safe.
 */
@ApplicationScoped
public class WriteWatch {

    private static final Logger LOG = System.getLogger(WriteWatch.class.getName());

    private final Participants participants;
    private final Journal journal;
    private final WriteRehearsal rehearsal = new WriteRehearsal(WriteRehearsal.LIMIT);
    private final Map<String, Writability> databases =
            Map.of("product", new Writability(System.nanoTime()), "orders", new Writability(System.nanoTime()));

    @Resource
    private ManagedScheduledExecutorService timer;

    @Resource
    private ManagedExecutorService rehearsals;

    private ScheduledFuture<?> ticking;

    protected WriteWatch() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param participants both databases
     * @param journal tells of orders that were committed
     */
    @Inject
    public WriteWatch(Participants participants, Journal journal) {
        this.participants = participants;
        this.journal = journal;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        journal.onEnd(this::ended);
        ticking = timer.scheduleAtFixedRate(
                new Repeated("The start of rehearsals of a write", this::tick), 1, 1, TimeUnit.SECONDS);
    }

    @PreDestroy
    void end() {
        ticking.cancel(false);
    }

    private void tick() {
        startRehearsal(participants.product());
        startRehearsal(participants.orders());
    }

    /** Not on the timer's thread, and one for each database: a commit that hangs in one holds nothing else up. */
    private void startRehearsal(ParticipantDatabase database) {
        Writability known = databases.get(database.name());
        if (!known.begin(System.nanoTime())) {
            return;
        }
        try {
            rehearsals.execute(() -> rehearse(database, known));
        } catch (RuntimeException | Error e) {
            known.failed("no thread is free to try it", false);
            throw e;
        }
    }

    /**
     * Tells why no order can be written.
     *
     * @param database where
     * @return why not, and since when; empty if one can, as far as is known
     */
    public Optional<String> failure(ParticipantDatabase database) {
        return databases
                .get(database.name())
                .failure(System.nanoTime())
                .map(failure -> "cannot be written since " + failure.since() + ": " + failure.reason());
    }

    /** Two branches that wrote and are committed were both prepared, so both were written. */
    private void ended(Story story) {
        Map<String, State> writers = story.writers();
        if (writers.size() > 1 && story.state() == State.COMMITTED) {
            writers.keySet().forEach(branch -> committed(branch.substring(0, branch.indexOf('/'))));
        }
    }

    private void committed(String participant) {
        Writability known = databases.get(participant);
        if (known != null && known.ordered(System.nanoTime())) {
            tellSuccess(participant);
        }
    }

    private void rehearse(ParticipantDatabase database, Writability known) {
        try {
            rehearsal.in(database);
            if (known.succeeded(System.nanoTime())) {
                tellSuccess(database.name());
            }
        } catch (SQLException | RuntimeException | Error e) {
            boolean isNews = known.failed(reason(e), e instanceof WriteRehearsal.NotConfirmedException);
            LOG.log(
                    isNews ? Level.WARNING : Level.DEBUG,
                    "Orders cannot be written to the " + database.name() + " database: " + reason(e),
                    e);
        }
    }

    private static void tellSuccess(String database) {
        LOG.log(Level.INFO, "Orders can be written to the " + database + " database again");
    }

    private static String reason(Throwable failure) {
        String reason = failure instanceof SQLException ? String.valueOf(failure.getMessage()) : failure.toString();
        return reason.lines().findFirst().orElse(reason);
    }
}
