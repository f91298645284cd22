package dev.lockstep.watch.control;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonValue;
import org.junit.jupiter.api.Test;

class FeedTest {

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
}
