package dev.lockstep.flow.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lockstep.flow.observe.RecordedEvent;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.DecisionState;
import dev.lockstep.participant.flow.Vote;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages and replies as bytes, and addresses. */
class JsonTest {

    @Test
    void messageAndReply_areReadAsTheyWereWritten() throws MalformedException {
        for (Map.Entry<Message, List<Reply>> each : Examples.FITTING.entrySet()) {
            Address address = Address.of(each.getKey());
            assertThat(Address.of(address.path())).contains(address);
            assertThat(MessageJson.read(address, MessageJson.write(each.getKey())))
                    .isEqualTo(each.getKey());
            for (Reply reply : each.getValue()) {
                assertThat(ReplyJson.read(ReplyJson.write(reply))).isEqualTo(reply);
                assertThat(Fitting.fits(each.getKey(), reply))
                        .as("%s %s", each.getKey(), reply)
                        .isTrue();
            }
        }
    }

    @Test
    void replyToAnotherMessage_doesNotFit() {
        for (Message message : Examples.FITTING.keySet()) {
            Examples.FITTING.forEach((other, replies) -> replies.stream()
                    .filter(reply -> !Examples.FITTING.get(message).contains(reply))
                    .forEach(reply -> assertThat(Fitting.fits(message, reply))
                            .as("%s %s", message, reply)
                            .isFalse()));
        }
    }

    /** A vote for another decision would let a follower be told the end of another transaction. */
    @Test
    void voteThatRepeatsSomethingElse_isNoAnswer() {
        assertThat(Fitting.fits(Examples.FOLLOW, vote(Examples.id(2), "product.1z141z4.gkg.gx2")))
                .isFalse();
        assertThat(Fitting.fits(Examples.FOLLOW, vote(Examples.DECISION, "product.1z141z4.gkg.gx3")))
                .isFalse();
        assertThat(Fitting.fits(Examples.PREPARE, vote(Examples.id(2), "product.1z141z4.gkg.gx3")))
                .isTrue();
    }

    private static Reply vote(GlobalId decision, String commitPoint) {
        return new Reply.Voted(new Vote.Prepared(decision, ParticipantId.parse(commitPoint), Duration.ZERO));
    }

    @Test
    void statesOfOtherIds_areNoAnswer() {
        Reply one = new Reply.States(Map.of(Examples.DECISION, DecisionState.NO_ROW));
        assertThat(Fitting.fits(Examples.DECISIONS, one)).isFalse();
        Reply other = new Reply.PreparedThere(Set.of(Examples.id(3)));
        assertThat(Fitting.fits(new Message.Prepared(Examples.PRODUCT, List.of(Examples.DECISION)), other))
                .isFalse();
    }

    /** The largest there can be: 100 ids of 64 bytes, each with the longest state. */
    @Test
    void largestBodies_areWithinTheLimit() {
        List<GlobalId> ids = new ArrayList<>();
        Map<GlobalId, DecisionState> states = new HashMap<>();
        for (int i = 0; i < Fields.LIST_MAX; i++) {
            byte[] bytes = new byte[64];
            Arrays.fill(bytes, (byte) 'x');
            bytes[0] = (byte) i;
            ids.add(new GlobalId(GlobalId.JTS_FORMAT + "_" + Base64.getEncoder().encodeToString(bytes)));
            states.put(ids.get(i), DecisionState.COMMITTED);
        }
        assertThat(MessageJson.write(new Message.Forget(Examples.PRODUCT, ids, false)))
                .hasSizeLessThan(WireFilter.BODY_MAX);
        assertThat(ReplyJson.write(new Reply.States(states))).hasSizeLessThan(WireFilter.BODY_MAX);
        // A recorder cuts what was said at 120 characters, which may be quotes and Chinese.
        RecordedEvent longest = Examples.recorded(ids.get(0).text(), "\"事".repeat(60));
        assertThat(ReplyJson.write(new Reply.Recorded(Collections.nCopies(Reply.Recorded.EVENTS_MAX, longest), true)))
                .hasSizeLessThan(WireFilter.BODY_MAX);
    }

    @Test
    void reason_isWrittenWithinItsLimit() throws MalformedException {
        Reply read = ReplyJson.read(ReplyJson.write(new Reply.VotedNo("a\nb\0" + "x".repeat(1000))));
        assertThat(read).isEqualTo(new Reply.VotedNo("a b " + "x".repeat(496)));
        assertThat(ReplyJson.write(new Reply.Unknown(null))).asString().contains("\"null\"");
    }

    @Test
    void unknownFields_areLeftAlone() throws MalformedException {
        assertThat(ReplyJson.read(bytes("{\"type\":\"heard\",\"later\":[{}]}"))).isEqualTo(new Reply.Heard());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "7",
                "{} {}",
                "{\"type\":\"commit\"} x",
                "{\"type\":\"commit\",\"type\":\"commit\"}",
                "\uFEFF{\"type\":\"commit\"}",
                "{\"type\":\"commit\",\"a\":{\"b\":1,\"b\":2}}",
            })
    void bodyThatIsNoObject_isMalformed(String body) {
        assertMalformed(
                Address.of(Examples.COMMIT), body, "The body must be one JSON object in UTF-8, each field once");
    }

    @Test
    void bodyThatIsNotUtf8_isMalformed() {
        assertThatThrownBy(() -> MessageJson.read(
                        Address.of(Examples.COMMIT), "{\"type\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessage("The body must be one JSON object in UTF-8, each field once");
    }

    @Test
    void deepBody_isMalformed() {
        String deep = "{\"type\":\"commit\",\"a\":" + "[".repeat(8000) + "]".repeat(8000) + "}";
        assertMalformed(
                Address.of(Examples.COMMIT), deep, "The body must be one JSON object in UTF-8, each field once");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{}| type must be a text, but is missing",
                "{\"type\":7}| type must be a text, but is 7",
                "{\"type\":\"commit\"}| type must be prepare, but is commit",
                "{\"type\":\"prepare\"}| flow must be a text, but is missing",
                "{\"type\":\"prepare\",\"flow\":\"1-1-1-1-1\"}| flow must be a UUID in lower case, but is 1-1-1-1-1",
                "{\"type\":\"prepare\",FLOW}| There must be either hold or follow",
                "{\"type\":\"prepare\",FLOW,\"hold\":{},\"follow\":{}}| There must be either hold or follow",
                "{\"type\":\"prepare\",FLOW,\"hold\":7}| hold must be an object, but is 7",
                "{\"type\":\"prepare\",FLOW,\"hold\":{}}| hold.followers must be a list of at most 100, but is missing",
                "{\"type\":\"prepare\",FLOW,\"hold\":{\"followers\":[7]}}| hold.followers must be a list of texts, each once, but is 7",
                "{\"type\":\"prepare\",FLOW,\"hold\":{\"followers\":[\"x\"]}}"
                        + "| hold.followers must be a database, name.cluster.database.table, but is x",
                "{\"type\":\"prepare\",FLOW,\"follow\":{\"decision\":\"1_AA\"}}"
                        + "| follow.decision must be a global id of JTS, at most 96 characters, but is 1_AA",
                "{\"type\":\"prepare\",FLOW,\"follow\":{DECISION}}| follow.commitPoint must be a text, but is missing",
                "{\"type\":\"prepare\",FLOW,PATH\"0\",\"hold\":{\"followers\":[]}}| path PATHS, but is 0",
                "{\"type\":\"prepare\",FLOW,PATH\"2-100\",\"hold\":{\"followers\":[]}}| path PATHS, but is 2-100",
                "{\"type\":\"prepare\",FLOW,PATH\"1-1-1-1-1-1-1\",\"follow\":{DECISION,\"commitPoint\":\"product.1.2.3\"}}"
                        + "| path PATHS, but is 1-1-1-1-1-1-1",
            })
    void fieldThatIsNotAsItMustBe_isToldWithItsLimit(String body, String text) {
        String whole = body.replace("FLOW", "\"flow\":\"" + Examples.FLOW + "\"")
                .replace("PATH", "\"path\":")
                .replace("DECISION", "\"decision\":\"" + Examples.DECISION + "\"");
        String paths = "must be numbers from 1 to 99 with hyphens between them, at most 12 characters";
        assertMalformed(Address.of(Examples.PREPARE), whole, text.replace("PATHS", paths));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{\"type\":\"voted\"}| type must be away or ended or heard or living or no or not-here or nothing or prepared"
                        + " or prepared-there or recorded or states or unknown, but is voted",
                "{\"type\":\"ended\",\"outcome\":\"committed\"}| outcome must be commit or rollback or unknown, but is committed",
                "{\"type\":\"ended\",\"outcome\":\"commit\",\"done\":\"yes\"}| done must be true or false, but is yes",
                "{\"type\":\"no\",\"reason\":\"a\\nb\"}"
                        + "| reason must be at most 500 characters, none of them a control character, but is a b",
                "{\"type\":\"prepared\",DECISION,\"commitPoint\":\"product.1.2.3\",\"keptSeconds\":1.5}"
                        + "| keptSeconds must be a whole number, 0 to 31536000, but is 1.5",
                "{\"type\":\"prepared\",DECISION,\"commitPoint\":\"product.1.2.3\",\"keptSeconds\":31536001}"
                        + "| keptSeconds must be a whole number, 0 to 31536000, but is 31536001",
                "{\"type\":\"prepared\",DECISION,\"commitPoint\":\"product.1.2.3\",\"keptSeconds\":1e999999999}"
                        + "| keptSeconds must be a whole number, 0 to 31536000, but is 1E+999999999",
                "{\"type\":\"recorded\",\"events\":[7]}| events must be a list of objects, but is 7",
                "{\"type\":\"recorded\",\"events\":[{}]}| events[0].flow must be a text, but is missing",
                "{\"type\":\"recorded\",\"events\":[{\"participant\":\"orders\",\"kind\":\"work\"}]}"
                        + "| events[0].kind must be commit or decision or end or forget or prepare or resolve or rollback or start, but is work",
                "{\"type\":\"states\",\"states\":{\"x\":\"no-row\"}}"
                        + "| states.x must be a global id of JTS, at most 96 characters, but is x",
            })
    void replyThatIsNotAsItMustBe_isToldWithItsLimit(String body, String text) {
        String whole = body.replace("DECISION", "\"decision\":\"" + Examples.DECISION + "\"");
        assertThatThrownBy(() -> ReplyJson.read(bytes(whole)))
                .isInstanceOf(MalformedException.class)
                .hasMessage(text);
    }

    @Test
    void listOfTooMany_isMalformed() {
        StringBuilder ids = new StringBuilder("\"a0\"");
        for (int i = 1; i <= Fields.LIST_MAX; i++) {
            ids.append(",\"a").append(i).append('"');
        }
        assertThatThrownBy(() -> MessageJson.read(
                        Address.of(Examples.DECISIONS), bytes("{\"type\":\"decisions\",\"ids\":[" + ids + "]}")))
                .hasMessageStartingWith("ids must be a list of at most 100, but is [\"a0\",\"a1\"")
                .hasMessageEndingWith("…");
        assertMalformed(
                Address.of(Examples.DECISIONS), "{\"type\":\"decisions\",\"ids\":[]}", "ids must have at least one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "*",
                "/lockstep-flow/v1/",
                "/lockstep-flow/v2/flows/f10f10f1-0000-4000-8000-000000000002",
                "/lockstep-flow/v1/flows/f10f10f1-0000-4000-8000-000000000002/",
                "/lockstep-flow/v1/flows/f10f10f1-0000-4000-8000-000000000002?x=1",
                "/lockstep-flow/v1/flows/F10F10F1-0000-4000-8000-000000000002",
                "/lockstep-flow/v1/flows/../flows/f10f10f1-0000-4000-8000-000000000002",
                "/lockstep-flow/v1/flows/f10f10f1-0000-4000-8000-000000000002/commit",
                "/lockstep-flow/v1/transactions/7/commit",
                "/lockstep-flow/v1/databases/product/decisions",
                "/lockstep-flow/v1/databases/product.zzzzzzzzzzzzz.1.1/decisions",
                "/lockstep-flow/v1/databases/..%2f..%2f/decisions",
            })
    void otherAddress_isNone(String path) {
        assertThat(Address.of(path)).isEmpty();
    }

    private static void assertMalformed(Address address, String body, String text) {
        assertThatThrownBy(() -> MessageJson.read(address, bytes(body)))
                .isInstanceOf(MalformedException.class)
                .hasMessage(text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
