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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A transaction, and what tells of one, as JSON. */
public final class StoryJson {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    /** Where many transactions are told, of each so many subjects are: hundreds may share one. */
    private static final int SUBJECTS_TOLD = 10;

    private StoryJson() {}

    /**
     * A transaction with its steps; times of steps are milliseconds since it began. Of its subjects the first 10 are told.
     *
     * @param story the transaction
     * @param names what the reader sees of its subjects' titles and facts
     * @return its JSON
     */
    public static JsonObject of(Story story, OrderNames names) {
        return withSteps(story, subjects -> told(subjects, names, "", SUBJECTS_TOLD));
    }

    /**
     * The same with all its subjects.
     *
     * @param story the transaction
     * @param names what the reader sees of its subjects' titles and facts
     * @return its JSON
     */
    public static JsonObject whole(Story story, OrderNames names) {
        return withSteps(story, subjects -> told(subjects, names, "", Integer.MAX_VALUE));
    }

    private static JsonObject withSteps(Story story, Function<List<Subject>, JsonObjectBuilder> subjects) {
        return story.atOnce(known -> {
            JsonObjectBuilder json = summary(known, subjects).add("steps", steps(known.steps(), known.began()));
            if (known.flow().isPresent()) {
                json.add("messages", messages(known.messages(), known.began()));
            }
            return json.build();
        });
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
     * @param asked the id of the one subject that the reader has asked for, and so sees, whoever shares its transaction; it comes first. Empty if
     *     there is none
     * @return its JSON
     */
    public static JsonObjectBuilder summary(Story story, OrderNames names, String asked) {
        return summary(story, subjects -> told(subjects, names, asked, SUBJECTS_TOLD));
    }

    private static JsonObjectBuilder summary(Story story, Function<List<Subject>, JsonObjectBuilder> toldSubjects) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("globalId", story.globalId())
                .add("state", story.state().name())
                .add("began", story.began().toString())
                .add("millis", millis(story.age(Instant.now())))
                .add("commitPoint", story.commitPoint())
                .add("resolved", story.isResolved())
                .add("settledElsewhere", story.isSettledElsewhere());
        story.flow().ifPresent(flow -> json.add("flow", flow).add("server", story.server()));
        if (!story.subjects().isEmpty()) {
            json.addAll(toldSubjects.apply(story.subjects()));
        }
        story.request()
                .map(ClientRequest::status)
                .filter(status -> status != 0)
                .ifPresent(status -> json.add("answer", status));
        return json;
    }

    /** Whoever has the id of one order sees its name, and not the names of those that share its transaction. */
    private static JsonObjectBuilder told(List<Subject> subjects, OrderNames names, String asked, int max) {
        List<Subject> ordered = new ArrayList<>(subjects);
        ordered.sort(Comparator.comparing(subject -> !subject.id().equalsIgnoreCase(asked)));
        JsonArrayBuilder array = JSON.createArrayBuilder();
        JsonArrayBuilder orders = JSON.createArrayBuilder();
        for (Subject subject : ordered.subList(0, Math.min(max, ordered.size()))) {
            OrderNames seen = subject.id().equalsIgnoreCase(asked) ? OrderNames.SHOWN : names;
            array.add(subject(subject, seen));
            order(subject, seen).ifPresent(orders::add);
        }
        JsonObjectBuilder json = JSON.createObjectBuilder().add("subjects", array);
        Subject first = ordered.get(0);
        order(first, first.id().equalsIgnoreCase(asked) ? OrderNames.SHOWN : names)
                .ifPresent(order -> json.add("order", order));
        return subjects.size() == 1
                ? json
                : json.add("subjectCount", subjects.size()).add("orders", orders);
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
