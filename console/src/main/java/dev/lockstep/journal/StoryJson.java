package dev.lockstep.journal;

import dev.lockstep.participant.observe.Subject;
import dev.lockstep.web.stream.OrderNames;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A transaction, and what tells of one, as JSON. */
public final class StoryJson {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private StoryJson() {}

    /**
     * A transaction with its steps; times of steps are milliseconds since it began.
     *
     * @param story the transaction
     * @param names what the reader sees of its subjects' titles and facts
     * @return its JSON
     */
    public static JsonObject of(Story story, OrderNames names) {
        JsonObjectBuilder json = summary(story, names).add("steps", steps(story.steps(), story.began()));
        if (story.flow().isPresent()) {
            json.add("messages", messages(story.messages(), story.began()));
        }
        return json.build();
    }

    private static JsonArrayBuilder messages(List<Message> messages, Instant began) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        messages.forEach(message -> array.add(message(message, began)));
        return array;
    }

    private static JsonObjectBuilder message(Message message, Instant began) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("kind", message.kind())
                .add("peer", message.peer())
                .add("sent", message.isSent())
                .add("from", millis(Duration.between(began, message.from())))
                .add("outcome", message.outcome());
        if (message.call() > 0) {
            json.add("call", message.call());
        }
        if (message.to() != null) {
            json.add("to", millis(Duration.between(began, message.to())));
        }
        if (!message.reason().isEmpty()) {
            json.add("reason", message.reason());
        }
        return json;
    }

    /**
     * Steps.
     *
     * @param steps in the order in which they are told
     * @param began from when their times are counted, in milliseconds
     * @return their JSON
     */
    public static JsonArrayBuilder steps(List<Step> steps, Instant began) {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        steps.forEach(step -> array.add(step(step, began)));
        return array;
    }

    /**
     * A transaction without its steps, to which more can be added.
     *
     * @param story the transaction
     * @param names what the reader sees of its subjects' titles and facts
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
        story.flow().ifPresent(flow -> json.add("flow", flow).add("server", story.server()));
        List<Subject> subjects = story.subjects();
        if (!subjects.isEmpty()) {
            JsonArrayBuilder array = JSON.createArrayBuilder();
            subjects.forEach(subject -> array.add(subject(subject, names)));
            json.add("subjects", array);
            order(subjects.get(0), names).ifPresent(order -> json.add("order", order));
        }
        story.request()
                .map(ClientRequest::status)
                .filter(status -> status != 0)
                .ifPresent(status -> json.add("answer", status));
        return json;
    }

    /** Nobody but the application knows which facts are personal, so all are masked. */
    private static JsonObjectBuilder subject(Subject subject, OrderNames names) {
        JsonObjectBuilder facts = JSON.createObjectBuilder();
        subject.facts().forEach((name, fact) -> facts.add(name, names.of(fact)));
        return JSON.createObjectBuilder()
                .add("id", subject.id())
                .add("title", names.of(subject.title()))
                .add("facts", facts);
    }

    /**
     * A shop's order, if the subject has the facts of one: tools know it in this form, of which a stranger sees all but the name.
     *
     * @param subject what a transaction or a ticket is about
     * @param names what the reader sees of its name
     * @return its JSON, or nothing if it is no order
     */
    public static Optional<JsonObjectBuilder> order(Subject subject, OrderNames names) {
        return number(subject, "productId")
                .flatMap(productId -> number(subject, "quantity").map(quantity -> JSON.createObjectBuilder()
                        .add("orderId", subject.id())
                        .add("orderName", names.of(subject.title()))
                        .add("productId", productId)
                        .add("quantity", quantity)));
    }

    private static Optional<Integer> number(Subject subject, String fact) {
        try {
            return Optional.of(Integer.valueOf(subject.facts().getOrDefault(fact, "")));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
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
