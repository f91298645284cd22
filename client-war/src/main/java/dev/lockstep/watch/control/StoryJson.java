package dev.lockstep.watch.control;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A transaction, or a ticket, as JSON. */
public final class StoryJson {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private StoryJson() {}

    /**
     * A transaction with its steps; times of steps are milliseconds since it began.
     *
     * @param story the transaction
     * @param names what the reader sees of its order's name
     * @return its JSON
     */
    public static JsonObject of(Story story, OrderNames names) {
        return summary(story, names)
                .add("steps", steps(story.steps(), story.began()))
                .build();
    }

    /** A ticket with its steps, of which the times are milliseconds since its client asked for it. */
    static JsonObject of(TicketStory story, OrderNames names) {
        Instant began = story.request().from();
        return JSON.createObjectBuilder()
                .add("ticketId", story.ticketId().toString())
                .add("state", story.state())
                .add("began", began.toString())
                .add("order", order(story.order(), names))
                .add("together", story.together())
                .add("steps", steps(story.steps(), began))
                .build();
    }

    private static JsonArrayBuilder steps(List<Step> steps, Instant began) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        steps.forEach(step -> array.add(step(step, began)));
        return array;
    }

    /**
     * A transaction without its steps, to which more can be added.
     *
     * @param story the transaction
     * @param names what the reader sees of its order's name
     * @return its JSON
     */
    public static JsonObjectBuilder summary(Story story, OrderNames names) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("globalId", story.globalId())
                .add("state", story.state().name())
                .add("began", story.began().toString())
                .add("millis", millis(story.age(Instant.now())))
                .add("commitPoint", story.commitPoint())
                .add("resolved", story.isResolved())
                .add("settledElsewhere", story.isSettledElsewhere());
        story.request().ifPresent(request -> {
            json.add("order", order(request.order(), names));
            if (request.status() != 0) {
                json.add("answer", request.status());
            }
        });
        return json;
    }

    private static JsonObjectBuilder order(WatchedOrder order, OrderNames names) {
        return JSON.createObjectBuilder()
                .add("orderId", order.orderId().toString())
                .add("orderName", names.of(order.orderName()))
                .add("productId", order.productId())
                .add("quantity", order.quantity());
    }

    private static JsonObjectBuilder step(Step step, Instant began) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("kind", step.kind().name())
                .add("participant", step.member().participant())
                .add("branch", step.member().branch())
                .add("from", millis(Duration.between(began, step.from())));
        if (step.member().isCommitPoint()) {
            json.add("commitPoint", true);
        }
        if (step.to() != null) {
            json.add("to", millis(Duration.between(began, step.to())));
        }
        if (!step.reason().isEmpty()) {
            json.add("reason", step.reason());
        }
        if (step.isByOperator()) {
            json.add("byOperator", true);
        }
        return json.add("outcome", step.outcome());
    }

    private static double millis(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos()) / 1000.0;
    }
}
