package dev.lockstep.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Playwright.CreateOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The machine's own browser, without a window. */
final class Chromium implements AutoCloseable {

    private static final Path EXECUTABLE = Path.of("/usr/bin/chromium");

    /** What Playwright runs its driver with; the build has it where it found the browser. */
    private static final String DRIVER = "driver/linux/node";

    private static final String HOW_TO_GET_IT =
            "The pages are not tested, there is no " + EXECUTABLE + ": apt-get install chromium";

    /** Names the tools without which a run of the tests fails; {@code .ci/run} sets it where it can install them. */
    private static final String MUST_HAVE = "TESTS_MUST_HAVE";

    /** So long a page may take on a busy machine. */
    private static final double PATIENCE_MILLIS = 20_000;

    /** As root there is no sandbox; the others keep a browser from calling home. */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;
    private final Map<Kind, Deque<Profile>> unused = new HashMap<>();

    private record Kind(Look look, String address) {}

    private Chromium(Playwright playwright) {
        this.playwright = playwright;
        this.browser = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(EXECUTABLE).setArgs(ARGUMENTS));
    }

    static boolean isInstalled() {
        return Files.isExecutable(EXECUTABLE)
                && Playwright.class.getClassLoader().getResource(DRIVER) != null;
    }

    /** A test that is always skipped shows nothing, so where the browser can be installed it has to be there. */
    static void assertItMayBeMissing() {
        String mustHave = System.getenv().getOrDefault(MUST_HAVE, "");
        assertThat(mustHave.split(",", -1))
                .as("%s; it must be here, says %s=%s", HOW_TO_GET_IT, MUST_HAVE, mustHave)
                .doesNotContain("chromium");
    }

    static String howToGetIt() {
        return HOW_TO_GET_IT;
    }

    static Chromium start() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        // Where there is no network, a download of browsers would be waited for.
        return new Chromium(
                Playwright.create(new CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))));
    }

    /** A profile with nothing stored in it; to be emptied after use. */
    Profile profile(Look look, String address) {
        Deque<Profile> alike = unused.computeIfAbsent(new Kind(look, address), kind -> new ArrayDeque<>());
        return alike.isEmpty() ? newProfile(look, address, alike::push) : alike.pop();
    }

    private Profile newProfile(Look look, String address, Consumer<Profile> giveBack) {
        BrowserContext context = browser.newContext(look.options().setBaseURL(address));
        context.setDefaultTimeout(PATIENCE_MILLIS);
        return new Profile(context, address, giveBack);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
