package dev.lockstep.shop.ticket.control;

import dev.lockstep.journal.StoryJson;
import dev.lockstep.picture.TicketSource;
import dev.lockstep.web.stream.OrderNames;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The shop's tickets, for the picture of its transactions. */
@ApplicationScoped
public class TicketsInPicture implements TicketSource {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private final TicketJournal journal;

    /** For the container's proxy. */
    protected TicketsInPicture() {
        this(null);
    }

    /**
     * The constructor the container uses.
     *
     * @param journal tells of the tickets
     */
    @Inject
    public TicketsInPicture(TicketJournal journal) {
        this.journal = journal;
    }

    @Override
    public Period period() {
        TicketJournal.Period period = journal.period();
        return new Period(period.served(), told(period.shown()));
    }

    @Override
    public List<Told> kept() {
        return told(journal.kept());
    }

    private static List<Told> told(List<TicketStory> stories) {
        return stories.stream().<Told>map(story -> names -> json(story, names)).toList();
    }

    /** The times of its steps are milliseconds since its client asked for it. */
    private static JsonObject json(TicketStory story, OrderNames names) {
        Instant began = story.request().from();
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("ticketId", story.ticketId().toString())
                .add("state", story.state())
                .add("began", began.toString())
                .add("together", story.together())
                .add("steps", StoryJson.steps(story.steps(), began));
        StoryJson.order(story.order(), names).ifPresent(order -> json.add("order", order));
        return json.build();
    }
}
