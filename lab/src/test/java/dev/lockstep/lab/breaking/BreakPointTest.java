package dev.lockstep.lab.breaking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.journal.FlowNews;
import dev.lockstep.journal.Message;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The points of an order whose services are on other servers. */
class BreakPointTest {

    private static final Instant NOW = Instant.EPOCH;

    /** What the client sends for an order, and hears: before each message, and after it. */
    private static final List<FlowNews> ORDER = Stream.of(
                    "PREPARE product", "PREPARE order", "COMMIT product", "COMMIT order")
            .map(message -> message.split(" ", -1))
            .flatMap(message -> Stream.of(news(message[0], message[1], null), news(message[0], message[1], NOW)))
            .toList();

    @ParameterizedTest
    @CsvSource({
        "AFTER_WORK, 0",
        "BEFORE_FIRST_PREPARE, 0",
        "AFTER_FIRST_PREPARE, 1",
        "BEFORE_SECOND_PREPARE, 2",
        "AFTER_SECOND_PREPARE, 3",
        "BEFORE_DECISION, 4",
        "AFTER_DECISION, 5",
        "AFTER_LAST_COMMIT, 7"
    })
    void eachPoint_isAtOneMessage(BreakPoint point, int place) {
        Servers servers = new Servers();
        List<FlowNews> found = ORDER.stream()
                .filter(news -> point.isAt(news.message(), servers.numberOf(news)))
                .toList();
        assertThat(found).containsExactly(ORDER.get(place));
    }

    /** The servers of another flow, and of an earlier plan, count for nothing. */
    @Test
    void serversAreCountedFlowByFlow() {
        Servers servers = new Servers();
        assertThat(servers.numberOf(news("PREPARE", "product", null))).isEqualTo(1);
        assertThat(servers.numberOf(news("PREPARE", "order", null))).isEqualTo(2);
        assertThat(servers.numberOf(news("PREPARE", "order", NOW))).isEqualTo(2);
        assertThat(servers.numberOf(news("COMMIT", "order", null))).isEqualTo(1);
        servers.forget();
        assertThat(servers.numberOf(news("PREPARE", "order", null))).isEqualTo(1);
    }

    private static FlowNews news(String kind, String peer, Instant end) {
        return new FlowNews(
                "flow", "client", "handle", "id", new Message(kind, peer, true, 0, NOW, end, "", ""), List.of());
    }
}
