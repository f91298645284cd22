package dev.lockstep.web.stream;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeedTest {

    private static final String GREEDY = "192.0.2.1";
    private static final String MODEST = "198.51.100.1";

    private final Feed feed = new Feed();

    private boolean join(ListeningBrowser browser) throws Exception {
        return feed.join(browser.request(), browser.response(), "first", JsonValue.EMPTY_JSON_OBJECT);
    }

    @Test
    void browser_getsWhatComes_untilTheFeedIsClosed() throws Exception {
        ListeningBrowser browser = new ListeningBrowser();
        assertThat(join(browser)).isTrue();
        feed.send("next", JsonValue.EMPTY_JSON_OBJECT);
        assertThat(browser.received()).isEqualTo("event: first\ndata: {}\n\nevent: next\ndata: {}\n\n");
        assertThat(browser.hasEnded()).isFalse();

        feed.close();

        assertThat(browser.hasEnded()).isTrue();
        assertThat(feed.isEmpty()).isTrue();
    }

    @Test
    void namesOfOrders_areMaskedForStrangers_notForOperators() throws Exception {
        ListeningBrowser stranger = new ListeningBrowser();
        ListeningBrowser operator = ListeningBrowser.ofAnOperator();
        for (ListeningBrowser browser : List.of(stranger, operator)) {
            feed.join(browser.request(), browser.response(), "first", FeedTest::named);
        }
        feed.send("next", FeedTest::named);
        assertThat(operator.received()).isEqualTo("event: first\ndata: [\"Ann\"]\n\nevent: next\ndata: [\"Ann\"]\n\n");
        assertThat(stranger.received()).isEqualTo("event: first\ndata: [\"•••\"]\n\nevent: next\ndata: [\"•••\"]\n\n");
    }

    private static JsonArray named(OrderNames names) {
        return Json.createArrayBuilder().add(names.of("Ann")).build();
    }

    @Test
    void newcomer_getsNoNews_beforeItsFirstEvent() throws Exception {
        ListeningBrowser newcomer = new ListeningBrowser();
        ListeningBrowser gone = new ListeningBrowser();
        assertThat(feed.join(newcomer.request(), newcomer.response())).isTrue();
        assertThat(feed.join(gone.request(), gone.response())).isTrue();
        gone.leave();
        feed.send("news", JsonValue.EMPTY_JSON_OBJECT);
        feed.alive();
        feed.welcome("first", names -> JsonValue.EMPTY_JSON_OBJECT);
        feed.send("news", JsonValue.EMPTY_JSON_OBJECT);
        feed.welcome("first", names -> JsonValue.EMPTY_JSON_OBJECT);
        assertThat(newcomer.received())
                .isEqualTo(
                        ": still here\n\nevent: alive\ndata: {}\n\nevent: first\ndata: {}\n\nevent: news\ndata: {}\n\n");
        assertThat(gone.received()).isEqualTo(": still here\n\n");
        newcomer.leave();
        assertThat(feed.isEmpty()).isTrue();
    }

    /** Scenario: the application ends while a browser is joining. Expected outcome: its stream ends; else it would be open for ever. */
    @Test
    void browserThatJoinsWhileTheFeedIsClosed_isLetGo() throws Exception {
        ListeningBrowser browser = new ListeningBrowser(feed::close);
        join(browser);
        assertThat(browser.hasEnded()).isTrue();
        assertThat(feed.isEmpty()).isTrue();
    }

    @Test
    void feedThatIsClosed_hasNoRoom() throws Exception {
        feed.close();
        assertThat(join(new ListeningBrowser())).isFalse();
    }

    /** Scenario: one address has all places. Expected outcome: others get some all the same, and in the end as many as it has. */
    @Test
    void places_areSharedOutAmongAddresses() throws Exception {
        Feed small = new Feed(new Places(4));
        List<ListeningBrowser> greedy = joined(small, 4, GREEDY);
        assertThat(joined(small, 1, GREEDY)).as("a fifth of the same").isEmpty();

        List<ListeningBrowser> modest = joined(small, 3, MODEST);

        assertThat(modest).hasSize(2).noneMatch(ListeningBrowser::hasEnded);
        assertThat(greedy)
                .as("the oldest leave")
                .extracting(ListeningBrowser::hasEnded)
                .containsExactly(true, true, false, false);
        greedy.get(3).leave();
        assertThat(joined(small, 2, GREEDY)).as("for the place that was left").hasSize(1);
    }

    @Test
    void network_ofIpv6_countsAsOneAddress() throws Exception {
        Feed small = new Feed(new Places(2));
        joined(small, 1, "2001:db8::1");
        joined(small, 1, "2001:db8::2");
        assertThat(joined(small, 1, "2001:db8::3")).isEmpty();
        assertThat(joined(small, 1, "2001:db8:0:1::3")).hasSize(1);
    }

    @Test
    void whatWaitsForASlowBrowser_isBoundedInBytes() throws Exception {
        ListeningBrowser slow = new ListeningBrowser();
        ListeningBrowser other = new ListeningBrowser();
        join(slow);
        join(other);
        slow.stick();
        JsonArray third = Json.createArrayBuilder()
                .add("x".repeat(EventStream.BEHIND_MAX / 3))
                .build();
        feed.send("next", third);
        feed.send("next", third);
        assertThat(slow.hasEnded()).isFalse();

        feed.send("next", third);

        assertThat(slow.hasEnded()).isTrue();
        assertThat(other.hasEnded()).isFalse();
    }

    /** Scenario: the container sees no end of a connection. Expected outcome: its place is free again after a while. */
    @Test
    void stream_endsAfterItsTime_andItsPlaceIsFree() throws Exception {
        Feed single = new Feed(new Places(1));
        ListeningBrowser browser = joined(single, 1, GREEDY).get(0);
        assertThat(browser.timeoutMillis()).isEqualTo(EventStream.LIFE_MAX.toMillis());
        browser.outlive();
        assertThat(browser.hasEnded()).isTrue();
        assertThat(joined(single, 1, GREEDY)).hasSize(1);
    }

    /** So many try to join; returns those who may. */
    private static List<ListeningBrowser> joined(Feed feed, int browsers, String address) throws Exception {
        List<ListeningBrowser> joined = new ArrayList<>();
        for (int i = 0; i < browsers; i++) {
            ListeningBrowser browser = new ListeningBrowser(address);
            if (feed.join(browser.request(), browser.response(), "first", JsonValue.EMPTY_JSON_OBJECT)) {
                joined.add(browser);
            }
        }
        return joined;
    }
}
