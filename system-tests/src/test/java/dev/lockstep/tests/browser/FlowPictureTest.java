package dev.lockstep.tests.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pages with flows between servers, as a server would tell them: the flows of {@code src/test/js/flows.js}, and no server. */
@Tag("quick")
@ExtendWith(InBrowser.class)
class FlowPictureTest {

    private static final String CASES_PATH = "/tests/";
    private static final String TOLD =
            "async (name) => JSON.stringify((await import('" + CASES_PATH + "flows.js')).toldOf(name))";

    /** When all of them began; what is under way is old otherwise. */
    private static final String BEGAN = "2026-01-01T10:00:00.000Z";

    private static final String STATISTICS = """
            {"since":"2026-01-01T10:00:00Z","committed":3,"aborted":0,"refused":0,"resolvedCommit":0,"resolvedAbort":0,
             "settledElsewhere":0,"active":1,"maxActive":2,"inDoubt":0,
             "responseMillis":{"count":3,"min":5,"average":7,"p99":9,"max":9},"perSecond":{"committed":[0,3],"aborted":[0,0]}}""";

    private static final String OPEN_FLOWS = """
            {"on":true,"server":"order","peers":[
              {"name":"client","reachable":false,"reason":"Connection refused","failed":"2026-01-01T10:00:00Z"},
              {"name":"product","reachable":true,"reason":"","heard":"2026-01-01T10:00:00Z","skewMillis":-31000}],
             "flows":[
              {"flow":"5f0c2a52-8f59-4b41-9c43-8f0d6a3f5a11","handle":"","globalId":"4871251_a","superior":"","subordinates":["product"],
               "state":"WORKING","stateMillis":40,"began":"2026-01-01T10:00:00Z","ageMillis":90,"part":"NONE","commitPoint":"",
               "waits":[{"whom":"","kind":"APPLICATION","millis":40,"because":"call 1 from it is at work"}]},
              {"flow":"5f0c2a52-8f59-4b41-9c43-8f0d6a3f5a10","handle":"0b0f4d5c-5b3a-4c39-9c55-2a6f6f3f1f10","globalId":"4871251_b",
               "superior":"client","subordinates":[],"state":"PREPARED","stateMillis":7300,"began":"2026-01-01T10:00:00Z","ageMillis":7600,
               "part":"FOLLOWER","commitPoint":"product.1z141z4.gkg.gx2","waits":[
                {"whom":"client","kind":"PEER","millis":7300,"because":"voted yes, and neither commit nor rollback came from client"},
                {"whom":"product","kind":"DATABASE","millis":5300,"because":"product answers: the commit point is still prepared"}]}]}""";

    private static Chromium chromium;
    private static PageFiles files;
    private static Map<String, String> told;

    @BeforeAll
    static void tellFlows(Chromium running) throws IOException {
        files = new PageFiles(List.of(
                Path.of("../client-war/src/main/webapp"),
                Path.of("../console/src/main/resources/META-INF/resources"),
                Path.of("../web/src/main/resources/META-INF/resources")));
        files.add(CASES_PATH, Path.of("src/test/js"));
        files.add("/blank.html", "<!doctype html><title>Cases</title><link rel=icon href=data:,>");
        chromium = running;
        told = new LinkedHashMap<>();
        try (Visitor visitor = visitor()) {
            Page tab = visitor.open("/blank.html");
            for (String name : List.of(
                    "A flow that all tell of",
                    "A peer’s events are missing",
                    "The link was cut, and it was healed",
                    "The link is still cut",
                    "A flow that was recorded")) {
                told.put(name, (String) tab.evaluate(TOLD, name));
            }
        }
    }

    private static Visitor visitor() {
        return visitor(Look.USUAL);
    }

    private static Visitor visitor(Look look) {
        Profile profile = chromium.profile(look, PageFiles.ADDRESS);
        files.answer(profile.context());
        profile.context().route("**/api/session", route -> json(route, "{}"));
        profile.context().route("**/api/products**", route -> json(route, "[]"));
        return new Visitor(profile, PageFiles.ADDRESS);
    }

    /** Opens the picture of a server that tells of one flow, and then that flow. */
    private static Page opened(Visitor visitor, String flow) {
        String now =
                Instant.now().minusSeconds(1).truncatedTo(ChronoUnit.MILLIS).toString();
        String recent = told.get(flow).replace(BEGAN, now);
        JsonObject known = Json.createReader(new StringReader(recent)).readObject();
        JsonObject message = Json.createObjectBuilder()
                .add("process", "p")
                .add("periodMillis", 200)
                .add("ended", 1)
                .add("shown", Json.createArrayBuilder().add(known.get("here")))
                .add("open", Json.createArrayBuilder())
                .add("served", 0)
                .add("tickets", Json.createArrayBuilder())
                .build();
        Page page = visitor.open("/blank.html");
        page.route(
                "**/api/transactions/events",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setContentType("text/event-stream")
                        .setBody("event: transactions\ndata: " + message + "\n\n")));
        page.route(
                "**/api/transactions/4871251*",
                route -> json(route, known.get("here").toString()));
        page.route(
                "**/api/flows/*",
                route -> json(
                        route,
                        Json.createObjectBuilder()
                                .add("servers", known.get("servers"))
                                .build()
                                .toString()));
        page.navigate("/picture.html");
        page.locator(".row").click();
        return page;
    }

    private static void json(Route route, String body) {
        route.fulfill(
                new Route.FulfillOptions().setContentType("application/json").setBody(body));
    }

    /** Looks at all that a row and the large picture show, and leaves no fault unseen. */
    private static void lookAt(Visitor visitor, Page page, String state) {
        visitor.inspect(page, state);
        visitor.assertNoOtherFaults();
    }

    /**
     * Scenario: an order flowed through three servers, and its picture is opened at the first.
     * Expected outcome: a machine for each server, the messages between them, one point of no return, and every server's own steps.
     */
    @ParameterizedTest
    @MethodSource(Looks.ALL)
    void flow_isDrawnWithAMachineForEachServer(int width, ColorScheme scheme, String locale) {
        try (Visitor visitor = visitor(new Look(width, scheme, locale))) {
            Page page = opened(visitor, "A flow that all tell of");
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog.locator("svg.large .machine-name")).hasCount(3);
            assertThat(dialog.locator(".letter.prepare.yes")).hasCount(4); // there and back
            assertThat(dialog.locator("line.decision")).hasCount(1);
            assertThat(dialog.locator(".step.prepare.yes")).hasCount(2);
            assertThat(dialog.locator(".missing")).hasCount(0);
            lookAt(visitor, page, "flow-" + width + "-" + scheme + "-" + locale);
        }
    }

    /** Scenario: three real servers told of a flow. Expected outcome: it is drawn as the others are. */
    @Test
    void flowThatWasRecorded_isDrawn() {
        try (Visitor visitor = visitor()) {
            Page page = opened(visitor, "A flow that was recorded");
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog.locator("svg.large .machine-name")).hasCount(3);
            assertThat(dialog.locator(".letter.commit.yes")).hasCount(4);
            assertThat(dialog.locator("line.decision")).hasCount(1);
            lookAt(visitor, page, "flow-recorded");
        }
    }

    /** Scenario: the keyboard alone is used. Expected outcome: the row opens, the replay steps, and Escape leads back to the row. */
    @Test
    void flow_isOperatedByKeyboard() {
        try (Visitor visitor = visitor()) {
            Page page = opened(visitor, "A flow that all tell of");
            assertThat(page.getByRole(AriaRole.DIALOG).locator(".machine-name")).hasCount(3);
            page.keyboard().press("Escape");
            assertThat(page.getByRole(AriaRole.DIALOG)).isHidden();
            assertThat(page.locator(".row")).isFocused();
            visitor.inspect(page, "flow-row");
            page.keyboard().press("Enter");
            assertThat(page.getByRole(AriaRole.DIALOG).locator(".detail-steps"))
                    .containsText("client asks order to prepare");
            visitor.assertNoOtherFaults();
        }
    }

    /** Scenario: what one server recorded cannot be had. Expected outcome: it is named, with the reason, and its lane is empty. */
    @Test
    void peerWhoseEventsAreMissing_isNamed() {
        try (Visitor visitor = visitor()) {
            Page page = opened(visitor, "A peer’s events are missing");
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog.locator("p.missing"))
                    .hasText("What order recorded is missing. order is no peer of this server");
            assertThat(dialog.locator(".machine.missing")).hasCount(1);
            lookAt(visitor, page, "flow-missing");
        }
    }

    /** Scenario: the commit did not reach the follower, which asked and committed. Expected outcome: the broken link and the healing are drawn. */
    @ParameterizedTest
    @MethodSource(Looks.ALL)
    void cutLink_isDrawnBroken_andHowItWasHealed(int width, ColorScheme scheme) {
        try (Visitor visitor = visitor(new Look(width, scheme, "en-GB"))) {
            Page page = opened(visitor, "The link was cut, and it was healed");
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog.locator("path.letter.cut")).hasCount(1);
            assertThat(dialog.locator("path.letter.decisions")).hasCount(2);
            assertThat(dialog.locator(".detail-steps")).containsText("order asks product for the decision");
            lookAt(visitor, page, "flow-healed-" + width + "-" + scheme);
        }
    }

    @Test
    void linkThatIsStillCut_isSeenAsWaiting() {
        try (Visitor visitor = visitor()) {
            Page page = opened(visitor, "The link is still cut");
            Locator dialog = page.getByRole(AriaRole.DIALOG);
            assertThat(dialog.locator("path.letter.commit.open")).hasCount(1);
            lookAt(visitor, page, "flow-cut");
        }
    }

    /** Scenario: one flow waits for a silent server, another is at work. Expected outcome: the console says who waits for whom, and why. */
    @ParameterizedTest
    @MethodSource(Looks.ALL)
    void console_listsFlowsAndPeers(int width, ColorScheme scheme, String locale) {
        try (Visitor visitor = visitor(new Look(width, scheme, locale))) {
            Page page = visitor.open("/blank.html");
            page.route("**/api/statistics", route -> json(route, STATISTICS));
            page.route("**/api/branches", route -> json(route, "{\"branches\":[],\"silent\":[]}"));
            page.route(
                    "**/api/tickets**",
                    route -> json(route, "{\"queues\":[],\"waiting\":0,\"limit\":1000,\"failed\":0}"));
            page.route("**/api/transactions?*", route -> json(route, "{\"counts\":{},\"transactions\":[]}"));
            page.route(
                    "**/api/transactions/events",
                    route -> route.fulfill(new Route.FulfillOptions()
                            .setContentType("text/event-stream")
                            .setBody("event: nothing\ndata: {}\n\n")));
            page.route("**/api/flows", route -> json(route, OPEN_FLOWS));
            page.navigate("/console.html");
            Locator flows = page.locator("#flows");
            assertThat(flows.locator(".flows > li")).hasCount(2);
            assertThat(flows.locator(".flows > li").first()).containsText("client");
            assertThat(flows.locator(".peers li[data-state=away]")).containsText("Connection refused");
            flows.locator("summary").first().click();
            assertThat(flows.locator(".flows > li").first())
                    .containsText("voted yes, and neither commit nor rollback came from client");
            lookAt(visitor, page, "console-flows-" + width + "-" + scheme);
        }
    }
}
