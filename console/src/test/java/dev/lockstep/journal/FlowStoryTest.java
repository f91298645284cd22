package dev.lockstep.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import dev.lockstep.web.stream.OrderNames;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the journal makes of messages between servers. */
class FlowStoryTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String FLOW = "5f0c2a52-8f59-4b41-9c43-8f0d6a3f5a10";
    private static final String HERE = "4871251_here";

    private final Journal journal = new Journal();
    private int millis;

    private void sent(String globalId, String kind, String peer, String outcome) {
        news(globalId, message(kind, peer, true, ""));
        news(globalId, message(kind, peer, true, outcome));
    }

    private Message message(String kind, String peer, boolean isSent, String outcome) {
        Instant now = NOON.plusMillis(millis++);
        return new Message(kind, peer, isSent, 0, now, outcome.isEmpty() ? null : now, outcome, "");
    }

    private void news(String globalId, Message message) {
        journal.onNews(new FlowNews(FLOW, "shop", "h", globalId, message, List.of()));
    }

    private void step(Kind kind, String branch, Result result) {
        for (Moment moment : Moment.values()) {
            journal.onEvent(new TransactionEvent(
                    kind,
                    moment,
                    HERE,
                    "orders",
                    branch,
                    branch.equals("C0"),
                    NOON.plusMillis(millis++),
                    moment == Moment.BEFORE ? Result.NONE : result,
                    ""));
        }
    }

    private Story story() {
        List<Story> all = journal.ofFlow(FLOW);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    @Test
    void serverWithoutADatabase_knowsByMessagesAlone_howFarItHasCome() {
        sent(HERE, "WORK", "product", "DONE");
        assertThat(story().state()).isEqualTo(State.ACTIVE);
        assertThat(story().isDistributed()).isTrue();
        news(HERE, message("PREPARE", "product", true, ""));
        assertThat(story().state()).isEqualTo(State.PREPARING);
        news(HERE, message("PREPARE", "product", true, "PREPARED"));
        assertThat(story().state()).isEqualTo(State.PREPARED);
        sent(HERE, "COMMIT", "product", "COMMIT_PENDING");
        assertThat(story().state()).isEqualTo(State.COMMITTING);
        assertThat(journal.open(HERE)).isPresent();
        sent(HERE, "COMMIT", "product", "COMMIT");
        assertThat(story().state()).as("the pending one stays in the record").isEqualTo(State.COMMITTED);
        assertThat(journal.open(HERE)).isEmpty();
    }

    @Test
    void noVote_orNoAnswerToPrepare_endsInARollback() {
        sent(HERE, "PREPARE", "product", "NO_ANSWER");
        news(HERE, message("ROLLBACK", "product", true, ""));
        assertThat(story().state()).isEqualTo(State.ABORTING);
        news(HERE, message("ROLLBACK", "product", true, "DONE"));
        assertThat(story().state()).isEqualTo(State.ABORTED);
    }

    @Test
    void commitWithoutAnswer_isInDoubt_onceTheApplicationWasToldSo() {
        sent(HERE, "PREPARE", "product", "PREPARED");
        sent(HERE, "COMMIT", "product", "NO_ANSWER");
        assertThat(story().state()).isEqualTo(State.COMMITTING);
        sent(HERE, "IN_DOUBT", "", "UNKNOWN");
        assertThat(story().state()).isEqualTo(State.IN_DOUBT);
        sent(HERE, "COMMIT", "product", "COMMIT");
        assertThat(story().state()).as("and it was learned later").isEqualTo(State.COMMITTED);
    }

    /** Scenario: the link to a follower is cut at the commit. Expected outcome: it is committed; the follower learns it by itself. */
    @Test
    void followerThatDoesNotAnswer_leavesTheStoryOpen_untilItIsQuiet() {
        sent(HERE, "PREPARE", "product", "PREPARED");
        sent(HERE, "PREPARE", "order", "PREPARED");
        sent(HERE, "COMMIT", "product", "COMMIT");
        sent(HERE, "COMMIT", "order", "NO_ANSWER");
        assertThat(story().state()).isEqualTo(State.COMMITTING);
        journal.settledElsewhere(story());
        assertThat(story().state()).isEqualTo(State.COMMITTED);
        assertThat(journal.open(HERE)).isEmpty();
    }

    /** A call comes before there is a transaction, and a decision may be asked for long after its end. */
    @Test
    void messagesBeforeTheTransaction_andAfterItsEnd_areOfTheSameStory() {
        news("", message("WORK", "client", false, ""));
        assertThat(journal.ofFlow(FLOW)).isEmpty();
        step(Kind.START, "B0", Result.NONE);
        news(HERE, message("WORK", "client", false, "DONE"));
        step(Kind.PREPARE, "C0", Result.PREPARED);
        step(Kind.DECISION, "C0", Result.COMMIT);
        assertThat(journal.open(HERE)).isEmpty();
        sent(HERE, "FORGET", "client", "DONE");
        assertThat(story().messages()).extracting(Message::kind).containsExactly("WORK", "FORGET");
        assertThat(story().messages().get(0).isOpen()).isFalse();
        assertThat(journal.open(HERE)).isEmpty();
    }

    /** A row is forgotten a second later, or after the retention: nobody waits for that, and the transaction did not take so long. */
    @Test
    void forgetting_isNoPartOfHowLongItTook_andKeepsNothingOpen() {
        sent(HERE, "PREPARE", "product", "PREPARED");
        sent(HERE, "COMMIT", "product", "COMMIT");
        Duration took = story().duration();
        millis += 60_000;
        news(HERE, message("FORGET", "product", true, ""));
        assertThat(story().isOver()).isTrue();
        for (int i = 0; i < 30; i++) {
            sent(HERE, "FORGET", "product", "NO_ANSWER");
        }
        sent(HERE, "PREPARED", "order", "DONE");
        assertThat(story().duration()).isEqualTo(took);
        assertThat(story().state()).isEqualTo(State.COMMITTED);
        assertThat(story().messages())
                .extracting(Message::kind)
                .containsSubsequence("FORGET", "FORGET", "PREPARED")
                .hasSizeLessThan(9);
    }

    /** In a flow a branch learns its role when it is prepared. */
    @Test
    void branchThatGetsItsNameLate_isOneBranch() {
        news(HERE, message("WORK", "client", false, "DONE"));
        step(Kind.START, "B0", Result.NONE);
        step(Kind.END, "B0", Result.NONE);
        step(Kind.PREPARE, "F1", Result.PREPARED);
        assertThat(story().branches()).containsExactly(Map.entry(new Member("orders", "F1", false), State.PREPARED));
        assertThat(story().steps()).extracting(one -> one.member().branch()).containsOnly("F1");
        step(Kind.COMMIT, "F1", Result.COMMIT);
        assertThat(story().state()).isEqualTo(State.COMMITTED);
    }

    /** A follower asks each second, perhaps for hours. */
    @Test
    void questionsThatAreAnsweredAlike_areKeptTwice() {
        for (int i = 0; i < 500; i++) {
            sent(HERE, "DECISIONS", "product", "NO_ANSWER");
        }
        sent(HERE, "DECISIONS", "product", "COMMIT");
        assertThat(story().messages()).extracting(Message::outcome).containsExactly("NO_ANSWER", "NO_ANSWER", "COMMIT");
    }

    @Test
    void howeverManyCallsThereWere_theEndIsTold() {
        for (int call = 0; call < 500; call++) {
            sent(HERE, "WORK", "product", "DONE");
        }
        sent(HERE, "PREPARE", "product", "PREPARED");
        sent(HERE, "COMMIT", "product", "COMMIT");
        assertThat(story().messages()).hasSize(202);
        assertThat(story().state()).isEqualTo(State.COMMITTED);
    }

    @Test
    void json_hasTheFlow_andItsMessagesInMilliseconds() {
        news(HERE, message("PREPARE", "product", true, ""));
        millis += 9;
        news(HERE, message("PREPARE", "product", true, "PREPARED"));
        JsonObject json = StoryJson.of(story(), OrderNames.SHOWN);
        assertThat(json.getString("flow")).isEqualTo(FLOW);
        assertThat(json.getString("server")).isEqualTo("shop");
        JsonObject prepare = json.getJsonArray("messages").getJsonObject(0);
        assertThat(prepare.getString("outcome")).isEqualTo("PREPARED");
        assertThat(prepare.getBoolean("sent")).isTrue();
        assertThat(prepare.getJsonNumber("to").doubleValue()).isEqualTo(10);
        assertThat(prepare).doesNotContainKeys("call", "reason");
    }

    /** A subordinate's gate waits for as long as it takes; a look that finds nothing of this name prepared does not end it. */
    @Test
    void subordinate_isNeverLeft() {
        news(HERE, message("WORK", "client", false, "DONE"));
        step(Kind.START, "B0", Result.NONE);
        step(Kind.PREPARE, "F1", Result.PREPARED);
        step(Kind.COMMIT, "F1", Result.UNKNOWN);
        assertThat(story().state()).isEqualTo(State.IN_DOUBT);
        assertThat(story().isLeft(NOON.plusSeconds(3600))).isFalse();
    }
}
