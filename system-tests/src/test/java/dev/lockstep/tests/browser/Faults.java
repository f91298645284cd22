package dev.lockstep.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.WebError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * What went wrong in a browser without the visitor seeing it: errors on the console (failed answers and violations of the content
 * security policy are told there), exceptions nobody caught, requests to the shop that failed, dialogs.
 */
final class Faults implements AutoCloseable {

    private final BrowserContext context;
    private final String address;
    private final Consumer<ConsoleMessage> whenLogged = this::logged;
    private final Consumer<WebError> whenNotCaught = this::notCaught;
    private final Consumer<Request> whenFailed = this::failed;
    private final Consumer<Dialog> whenOpened = this::opened;
    private final List<String> seen = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();
    private final List<String> tolerated = new ArrayList<>();

    Faults(BrowserContext context, String address) {
        this.context = context;
        this.address = address;
        context.onConsoleMessage(whenLogged);
        context.onWebError(whenNotCaught);
        context.onRequestFailed(whenFailed);
        context.onDialog(whenOpened);
    }

    /** Announces a fault whose text contains these words; it then has to come, once or more. */
    void expect(String words) {
        expected.add(words);
    }

    /** Announces a fault whose text contains these words, and which may come or not: it depends on who is faster. */
    void tolerate(String words) {
        tolerated.add(words);
    }

    void assertAsExpected() {
        List<String> announced =
                Stream.concat(expected.stream(), tolerated.stream()).toList();
        assertThat(seen).as("faults in the browser").allSatisfy(fault -> assertThat(announced)
                .anyMatch(fault::contains));
        assertThat(expected).as("faults expected, of those seen: %s", seen).allSatisfy(words -> assertThat(seen)
                .anyMatch(fault -> fault.contains(words)));
    }

    private void logged(ConsoleMessage message) {
        if (message.type().equals("error")) {
            seen.add("console: " + message.text() + " at " + message.location());
        }
    }

    private void notCaught(WebError error) {
        seen.add("not caught: " + error.error());
    }

    private void failed(Request request) {
        // A stream has no end of its own: the page's end is its end.
        if (request.url().startsWith(address) && !request.resourceType().equals("eventsource")) {
            seen.add("failed: " + request.method() + " " + request.url() + " " + request.failure());
        }
    }

    private void opened(Dialog dialog) {
        seen.add("dialog: " + dialog.message());
        dialog.dismiss();
    }

    /** Looks at nothing any more. */
    @Override
    public void close() {
        context.offConsoleMessage(whenLogged);
        context.offWebError(whenNotCaught);
        context.offRequestFailed(whenFailed);
        context.offDialog(whenOpened);
    }
}
