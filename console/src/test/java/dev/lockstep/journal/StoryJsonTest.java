package dev.lockstep.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.Subject;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import dev.lockstep.web.stream.OrderNames;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StoryJsonTest {

    private static final Subject ORDER = new Subject("o1", "Ann's tea", Map.of("productId", "7", "quantity", "2"));
    private static final Subject TRANSFER =
            new Subject("t1", "Ann to Bob", Map.of("amount", "a hundred", "productId", "no number"));

    private final Story story = new Story("4871251_x", Instant.EPOCH, Optional.empty());

    private JsonObject told(OrderNames names, Subject... subjects) {
        tell(Kind.START, List.of(subjects));
        return StoryJson.of(story, names);
    }

    private void tell(Kind kind, List<Subject> subjects) {
        story.add(new TransactionEvent(
                kind,
                Moment.BEFORE,
                story.globalId(),
                "product",
                "C0",
                true,
                Instant.EPOCH,
                Result.NONE,
                "",
                subjects));
    }

    @Test
    void order_isToldAsToolsKnowIt_andAsASubject() {
        JsonObject json = told(OrderNames.SHOWN, ORDER);
        assertThat(json.getJsonObject("order").getString("orderId")).isEqualTo("o1");
        assertThat(json.getJsonObject("order").getString("orderName")).isEqualTo("Ann's tea");
        assertThat(json.getJsonObject("order").getInt("productId")).isEqualTo(7);
        assertThat(json.getJsonObject("order").getInt("quantity")).isEqualTo(2);
        assertThat(json.getJsonArray("subjects").getJsonObject(0).getString("title"))
                .isEqualTo("Ann's tea");
        assertThat(json.getJsonArray("steps").getJsonObject(0).getBoolean("commitPoint"))
                .isTrue();
    }

    @Test
    void whatStrangersSee_hasNoTitleAndNoFact_butWhatIsOrdered() {
        assertThat(told(OrderNames.MASKED, ORDER, TRANSFER).toString())
                .doesNotContain("Ann", "Bob", "hundred")
                .contains("o1", "t1", "\"productId\":7", "\"quantity\":2");
    }

    /** Scenario: orders share a transaction. Expected: who has the id of one sees its name, and nobody else's. */
    @Test
    void whoeverAsksForOneOrder_seesItFirst_andNoOtherName() {
        tell(Kind.START, List.of(ORDER, order("o2", "Bob's cake"), order("o3", "Cid's tea")));
        JsonObject json = StoryJson.summary(story, OrderNames.MASKED, "O2").build();
        assertThat(json.toString()).contains("Bob's cake").doesNotContain("Ann", "Cid");
        assertThat(json.getJsonObject("order").getString("orderId")).isEqualTo("o2");
        assertThat(json.getInt("subjectCount")).isEqualTo(3);
        assertThat(json.getJsonArray("orders").getValuesAs(JsonObject.class))
                .extracting(order -> order.getString("orderId"))
                .containsExactly("o2", "o1", "o3");
    }

    /** A list of transactions must not be a hundred times as long because they are shared. */
    @Test
    void manySubjects_areCounted_andToldInFullWhereOneTransactionIs() {
        List<Subject> many =
                IntStream.range(0, 14).mapToObj(i -> order("o" + i, "tea")).toList();
        tell(Kind.START, many);
        JsonObject json = StoryJson.of(story, OrderNames.SHOWN);
        assertThat(json.getInt("subjectCount")).isEqualTo(14);
        assertThat(json.getJsonArray("subjects")).hasSize(10);
        assertThat(json.getJsonArray("orders")).hasSize(10);
        assertThat(StoryJson.whole(story, OrderNames.SHOWN).getJsonArray("orders"))
                .hasSize(14);
    }

    private static Subject order(String id, String name) {
        return new Subject(id, name, Map.of("productId", "7", "quantity", "2"));
    }

    @Test
    void subjectsOfOtherApplications_areToldInTheirOrder_andAreNoOrders() {
        JsonObject json = told(OrderNames.SHOWN, TRANSFER, ORDER);
        assertThat(json).doesNotContainKey("order");
        JsonObject first = json.getJsonArray("subjects").getJsonObject(0);
        assertThat(first.getString("id")).isEqualTo("t1");
        assertThat(first.getJsonObject("facts").getString("amount")).isEqualTo("a hundred");
    }

    /** The resolver knows no subject, and a transaction that has none is named by its global id. */
    @Test
    void whatIsKnown_isNotForgotten_andNothingIsInvented() {
        told(OrderNames.SHOWN, TRANSFER);
        tell(Kind.RESOLVE, List.of());
        assertThat(story.subjects()).containsExactly(TRANSFER);
        Story unnamed = new Story("4871251_y", Instant.EPOCH, Optional.empty());
        assertThat(StoryJson.of(unnamed, OrderNames.SHOWN))
                .containsEntry("globalId", jakarta.json.Json.createValue("4871251_y"))
                .doesNotContainKeys("subjects", "order");
    }
}
