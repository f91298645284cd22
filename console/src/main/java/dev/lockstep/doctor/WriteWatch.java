package dev.lockstep.doctor;

import dev.lockstep.journal.Journal;
import dev.lockstep.journal.Member;
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
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Knows whether orders can be written, by deeds: settings tell nothing of a standby that is away, a full disk, or rights that were taken back.
 * Orders that are committed prove it by themselves; in a database that had none for a while one is rehearsed. Thread-safe.
 */
@ApplicationScoped
public class WriteWatch {

    private static final Logger LOG = System.getLogger(WriteWatch.class.getName());

    private final Instance<Participants> participants;
    private final Journal journal;
    private final WriteRehearsal rehearsal = new WriteRehearsal(WriteRehearsal.LIMIT);
    private final Map<String, Writability> databases = new ConcurrentHashMap<>();

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
     * @param participants the databases, if the application names any
     * @param journal tells of orders that were committed
     */
    @Inject
    public WriteWatch(Instance<Participants> participants, Journal journal) {
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
        participants.stream().flatMap(application -> application.all().stream()).forEach(this::startRehearsal);
    }

    /** Not on the timer's thread, and one for each database: a commit that hangs in one holds nothing else up. */
    private void startRehearsal(ParticipantDatabase database) {
        Writability known = known(database);
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
        return known(database)
                .failure(System.nanoTime())
                .map(failure -> "cannot be written since " + failure.since() + ": " + failure.reason());
    }

    private Writability known(ParticipantDatabase database) {
        return databases.computeIfAbsent(database.name(), unknown -> new Writability(System.nanoTime()));
    }

    /** Two branches that wrote and are committed were both prepared, so both were written. */
    private void ended(Story story) {
        Set<Member> writers = story.writers().keySet();
        if (writers.size() > 1 && story.state() == State.COMMITTED) {
            writers.forEach(member -> committed(member.participant()));
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
