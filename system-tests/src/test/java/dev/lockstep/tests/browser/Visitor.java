package dev.lockstep.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import dev.lockstep.tests.TestFolders;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A person with a browser of their own, one or more windows of it, and an eye for what is wrong with a page. */
final class Visitor implements AutoCloseable {

    private static final Path SCREENSHOTS = TestFolders.target().resolve("screenshots");

    /** Pictures are for people, so they are taken only if somebody wants them; of what fails always. */
    private static final boolean ARE_WANTED = Boolean.getBoolean("lockstep.screenshots");

    /** What becomes of requests that a server did not answer any more, or not yet. */
    private static final List<String> DYING_AND_STARTING = List.of("net::ERR_", "status of 404", "status of 503");

    /** Focus returns to an element by its id, and so do links and labels. */
    private static final String SHARED_IDS = """
            () => [...document.querySelectorAll('[id]')]
              .map(({ id }) => id)
              .filter((id, at, all) => all.indexOf(id) !== at)""";

    private final Profile profile;
    private final String address;
    private final Faults faults;
    private final List<Page> windows = new ArrayList<>();

    Visitor(Profile profile, String address) {
        this.profile = profile;
        this.address = address;
        this.faults = new Faults(profile.context(), address);
    }

    /** Opens a page of the shop in a window of its own. */
    Page open(String path) {
        Page page = profile.context().newPage();
        windows.add(page);
        page.navigate(path);
        return page;
    }

    /** All that this browser asks for from now on. */
    List<String> requests() {
        List<String> requests = new CopyOnWriteArrayList<>();
        profile.context().onRequest(request -> requests.add(request.url()));
        return requests;
    }

    /** Announces what the browser will complain about in this test; all else is a failure. */
    void expectsFault(String words) {
        faults.expect(words);
    }

    /** Lets pass what the browser may complain about in this test or not: it depends on when the page asks. */
    void toleratesFault(String words) {
        faults.tolerate(words);
    }

    /** Lets pass that the browser calls a write given up whose answer, which is empty, nobody read to its end before the page was left. */
    void toleratesLeavingAfter(String method, String path) {
        faults.tolerate("failed: " + method + " " + address + path);
    }

    /** Lets pass that the page gives up waiting for answers from where the path begins so. */
    void toleratesGivingUp(String path) {
        faults.tolerate("failed: GET " + address + path);
    }

    /** Announces that the server dies in this test: it refuses connections until it is back, and may say so before the shop is there. */
    void expectsDeathOfTheServer() {
        faults.expect("net::ERR_CONNECTION_REFUSED");
        DYING_AND_STARTING.forEach(faults::tolerate);
    }

    /** Checks what must hold in every state, and keeps a picture of the page if somebody wants it. */
    void inspect(Page page, String state) {
        if (ARE_WANTED) {
            keepScreenshot(page, state);
        }
        assertThat(Accessibility.violations(page))
                .as("accessibility of " + state)
                .isEmpty();
        assertThat((List<?>) page.evaluate(SHARED_IDS))
                .as("ids that more than one element has in " + state)
                .isEmpty();
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
                .as("pixels to scroll sideways in " + state)
                .isEqualTo(0);
    }

    /** To be called at the end of a test that went well. */
    void assertNoOtherFaults() {
        // An answer from each page, so that all it has said before has arrived.
        windows.forEach(page -> page.evaluate("() => 0"));
        faults.assertAsExpected();
    }

    /** Shows what a test saw last. */
    void keepScreenshots(String name) {
        windows.forEach(page -> keepScreenshot(page, name + "-" + windows.indexOf(page)));
    }

    private static void keepScreenshot(Page page, String name) {
        // What sticks to the window would otherwise be pictured in the middle of the page.
        page.evaluate("() => scrollTo(0, 0)");
        page.screenshot(new ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    @Override
    public void close() {
        faults.close();
        profile.empty();
    }
}
