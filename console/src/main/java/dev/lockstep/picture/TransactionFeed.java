package dev.lockstep.picture;

import dev.lockstep.journal.Journal;
import dev.lockstep.journal.Story;
import dev.lockstep.journal.StoryJson;
import dev.lockstep.web.stream.Feed;
import dev.lockstep.web.stream.OrderNames;
import dev.lockstep.web.stream.Repeated;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Sends browsers a sample of the transactions and tickets as they end, and transactions that take long while they are still open. */
@ApplicationScoped
public class TransactionFeed {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private static final Duration PERIOD = Duration.ofMillis(200);
    private static final int OPEN_MAX = 20;
    private static final int QUIET_PERIODS = 25;

    /** Tells this process from the one before it, which began what this one's resolver ends. */
    private static final String PROCESS = UUID.randomUUID().toString();

    private final Journal journal;
    private final Instance<TicketSource> tickets;
    private final Sample sample = new Sample();
    private final Feed feed = new Feed();

    @Resource
    private ManagedScheduledExecutorService timer;

    private ScheduledFuture<?> ticking;
    private int quiet;

    protected TransactionFeed() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param journal tells of the transactions
     * @param tickets tells of the tickets, if the application has any
     */
    @Inject
    public TransactionFeed(Journal journal, Instance<TicketSource> tickets) {
        this.journal = journal;
        this.tickets = tickets;
    }

    void begin(@Observes @Initialized(ApplicationScoped.class) Object application) {
        journal.onEnd(sample::add);
        ticking = timer.scheduleAtFixedRate(
                new Repeated("The feed of transactions", this::tick),
                PERIOD.toMillis(),
                PERIOD.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    @PreDestroy
    void end() {
        ticking.cancel(false);
        feed.close();
    }

    /**
     * Turns a request into a stream of events. The first one comes at the end of this period, so that nothing falls between what had ended before
     * and what ends then.
     *
     * @param request a request for which asynchronous processing is supported
     * @param response its response, not committed
     * @return whether there was room for it; otherwise nothing was done
     * @throws IOException if the connection fails
     */
    public boolean join(HttpServletRequest request, HttpServletResponse response) throws IOException {
        return feed.join(request, response);
    }

    /** The transactions and the tickets shown last, oldest first. */
    private JsonObject latest(OrderNames names) {
        List<TicketSource.Told> kept =
                tickets.stream().flatMap(source -> source.kept().stream()).toList();
        return json(new Sample.Period(0, sample.kept()), new TicketSource.Period(0, kept), slowOnes(), names);
    }

    /** Sends at once what is to be seen now of the open transactions. */
    public void sendNow() {
        Collection<Story> open =
                journal.open().stream().filter(Story::isDistributed).toList();
        sample.shownOpen(open);
        feed.send(
                "transactions", names -> json(new Sample.Period(0, List.of()), TicketSource.Period.NONE, open, names));
    }

    private void tick() {
        Sample.Period period = sample.period();
        TicketSource.Period served =
                tickets.stream().map(TicketSource::period).findAny().orElse(TicketSource.Period.NONE);
        Collection<Story> open = slowOnes();
        sample.shownOpen(open);
        quiet++;
        if (period.ended() > 0
                || !served.isEmpty()
                || !open.isEmpty()
                || quiet == QUIET_PERIODS) { // an event, since pages do not see comments
            feed.send("transactions", names -> json(period, served, open, names));
            quiet = 0;
        }
        feed.welcome("transactions", this::latest);
    }

    private Collection<Story> slowOnes() {
        Instant now = Instant.now();
        return journal.open().stream()
                .filter(Story::isDistributed)
                .filter(story -> story.age(now).compareTo(PERIOD) > 0)
                .sorted(Comparator.comparing(Story::began))
                .limit(OPEN_MAX)
                .toList();
    }

    private static JsonObject json(
            Sample.Period period, TicketSource.Period served, Collection<Story> open, OrderNames names) {
        return JSON.createObjectBuilder()
                .add("process", PROCESS)
                .add("periodMillis", PERIOD.toMillis())
                .add("ended", period.ended())
                .add("shown", array(period.shown(), story -> StoryJson.of(story, names)))
                .add("open", array(open, story -> StoryJson.of(story, names)))
                .add("served", served.served())
                .add("tickets", array(served.shown(), ticket -> ticket.json(names)))
                .build();
    }

    private static <T> JsonArrayBuilder array(Collection<T> stories, Function<T, JsonObject> json) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        stories.forEach(story -> array.add(json.apply(story)));
        return array;
    }
}
