package dev.lockstep.tests.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.microsoft.playwright.Page;
import dev.lockstep.flow.observe.FlowEvent;
import dev.lockstep.flow.observe.OpenFlow;
import dev.lockstep.journal.State;
import dev.lockstep.lab.breaking.BreakPoint;
import dev.lockstep.lab.breaking.Victim;
import dev.lockstep.lab.hold.control.Ending;
import dev.lockstep.lab.hold.control.HoldPoint;
import dev.lockstep.lab.hold.control.HoldState;
import dev.lockstep.order.ticket.TicketReason;
import dev.lockstep.order.ticket.TicketState;
import dev.lockstep.participant.observe.Evidence;
import dev.lockstep.participant.observe.Reply;
import dev.lockstep.participant.observe.Resolution;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The rules in the pages' scripts, without a server behind them: the cases of {@code src/test/js}, all in one tab. They are in the
 * language of the scripts, so that what they compare is never converted.
 */
@Tag("quick")
@ExtendWith(InBrowser.class)
class PageScriptsTest {

    /** As the server looks for them: the lab's are laid over the shop's, and what is in neither comes from the libraries. */
    private static final Map<String, Path> PAGES = pages();

    /** Pages of applications of their own; they are formatted like the others. */
    private static final List<Path> EXAMPLES =
            List.of(Path.of("../examples/enrolment/src/main/client"), Path.of("../examples/bank/src/main/client"));

    private static final Path CASES = Path.of("src/test/js");
    private static final String CASES_PATH = "/tests/";
    private static final String STORED = "() => `${localStorage.kept}, ${document.cookie}`";
    private static final String BLANK_PAGE = "<!doctype html><title>Cases</title><link rel=icon href=data:,>";

    private static Chromium chromium;
    private static PageFiles files;
    private static Visitor visitor;
    private static Page tab;

    private static Map<String, Path> pages() {
        Map<String, Path> pages = new LinkedHashMap<>();
        pages.put("lab", Path.of("../lab/src/main/webapp"));
        pages.put("client-war", Path.of("../client-war/src/main/webapp"));
        pages.put("console", Path.of("../console/src/main/resources/META-INF/resources"));
        pages.put("web", Path.of("../web/src/main/resources/META-INF/resources"));
        return pages;
    }

    @BeforeAll
    static void openTab(Chromium running) throws IOException {
        files = new PageFiles(List.copyOf(PAGES.values()));
        files.add(CASES_PATH, CASES);
        PAGES.forEach((module, folder) -> files.add("/rooms/" + module + "/", folder));
        files.add(CASES_PATH + "java.js", whatJavaKnows(files));
        files.add("/blank.html", BLANK_PAGE);
        for (String part : List.of("standalone", "plugins/babel", "plugins/estree", "plugins/postcss")) {
            files.add("/prettier/" + part + ".mjs", prettier(part + ".mjs"));
        }
        chromium = running;
        visitor = visitorWith(chromium.profile(Look.USUAL, PageFiles.ADDRESS));
        tab = visitor.open("/blank.html");
    }

    @AfterAll
    static void closeTab() {
        visitor.close();
    }

    private static Visitor visitorWith(Profile profile) {
        files.answer(profile.context());
        return new Visitor(profile, PageFiles.ADDRESS);
    }

    /** As all tests in a browser suppose. */
    @Test
    void profileOfAnEarlierVisitor_hasNothingStored() {
        Profile profile = chromium.profile(Look.USUAL, PageFiles.ADDRESS);
        try (Visitor earlier = visitorWith(profile)) {
            Page page = earlier.open("/blank.html");
            page.evaluate("() => { localStorage.kept = 'by storage'; document.cookie = 'kept=by cookie'; }");
            assertThat(page.evaluate(STORED)).isEqualTo("by storage, kept=by cookie");
        }

        Profile again = chromium.profile(Look.USUAL, PageFiles.ADDRESS);
        assertThat(again).isSameAs(profile);
        try (Visitor next = visitorWith(again)) {
            assertThat(next.open("/blank.html").evaluate(STORED)).isEqualTo("undefined, ");
        }
    }

    /** As Prettier would write them; if {@code -Dformat} is set, they become so. */
    @Test
    void scriptsAndStylesheetsAreFormatted() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        List<Path> folders =
                Stream.concat(PAGES.values().stream(), EXAMPLES.stream()).toList();
        for (Path folder : folders) {
            for (String ending : List.of(".js", ".css")) {
                for (String file : new PageFiles(List.of(folder)).endingIn(ending)) {
                    texts.put(folder.resolve(file).toString(), Files.readString(folder.resolve(file)));
                }
            }
        }
        for (String file : new PageFiles(List.of(CASES)).endingIn(".js")) {
            texts.put(CASES.resolve(file).toString(), Files.readString(CASES.resolve(file)));
        }
        Map<?, ?> wanted = (Map<?, ?>) tab.evaluate(
                "async (texts) => (await import('" + CASES_PATH + "formatter.js')).formatted(texts)", texts);
        if (Boolean.getBoolean("lockstep.format")) {
            for (Map.Entry<?, ?> file : wanted.entrySet()) {
                Files.writeString(Path.of((String) file.getKey()), (String) file.getValue());
            }
        } else {
            assertThat(wanted.keySet())
                    .as(
                            "files that are not formatted: mvn -pl system-tests -am test -Dtest=PageScriptsTest -Dformat=true")
                    .isEmpty();
        }
    }

    /** From the archive of it that Maven brings: it runs in the browser. */
    private static String prettier(String part) throws IOException {
        Properties archive = new Properties();
        ClassLoader loader = PageScriptsTest.class.getClassLoader();
        try (InputStream content =
                loader.getResourceAsStream("META-INF/maven/org.webjars.npm/prettier/pom.properties")) {
            archive.load(content);
        }
        String path = "META-INF/resources/webjars/prettier/" + archive.getProperty("version") + "/" + part;
        try (InputStream content = loader.getResourceAsStream(path)) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @TestFactory
    Stream<DynamicNode> cases() throws IOException {
        List<String> caseFiles = caseFiles();
        assertThat(caseFiles).isNotEmpty();
        return Stream.concat(
                caseFiles.stream().map(file -> dynamicContainer(file, casesOf(file))),
                Stream.of(dynamicTest("nothing went wrong behind their backs", visitor::assertNoOtherFaults)));
    }

    private static List<String> caseFiles() throws IOException {
        try (Stream<Path> all = Files.list(CASES)) {
            return all.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test.js"))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<DynamicNode> casesOf(String file) {
        List<?> names = (List<?>) inCases("cases.load", CASES_PATH + file);
        assertThat(names).as("cases in " + file).isNotEmpty();
        return names.stream().map(name -> dynamicTest((String) name, () -> run(file, name)));
    }

    /** Surefire knows the case by a number alone, so its failure says its name. */
    private static void run(String file, Object name) {
        Object problem = inCases("cases.run", name);
        if (problem != null) {
            fail(file + ": " + name + "\n" + problem);
        }
    }

    private static Object inCases(String function, Object argument) {
        return tab.evaluate(
                "async (argument) => { const cases = await import('" + CASES_PATH + "cases.js'); return " + function
                        + "(argument); }",
                argument);
    }

    /** A module with the words that the server uses, which the scripts must know, and the names of all files. */
    private static String whatJavaKnows(PageFiles files) {
        Map<String, Object> words = new TreeMap<>();
        for (Enum<?>[] values : List.of(
                State.values(),
                Evidence.values(),
                Resolution.values(),
                TicketState.values(),
                HoldState.values(),
                HoldPoint.values(),
                Ending.values(),
                BreakPoint.values())) {
            words.put(values[0].getDeclaringClass().getSimpleName(), names(values));
        }
        words.put("ReplyOutcome", names(Reply.Outcome.values()));
        words.put("FlowState", names(OpenFlow.State.values()));
        words.put("FlowPart", names(OpenFlow.Part.values()));
        words.put("FlowWait", names(OpenFlow.Wait.Kind.values()));
        words.put("FlowMessage", names(FlowEvent.Kind.values()));
        words.put("FlowResult", names(FlowEvent.Result.values()));
        words.put("TicketReason", names(TicketReason.Code.values()));
        words.put("Victim", Arrays.stream(Victim.values()).map(Victim::text).toList());
        words.put("endedHolds", names(HoldState.values(), HoldState::isOver));
        return "export const vocabulary = " + Json.createObjectBuilder(words).build() + ";\n"
                + "export const scripts = "
                + Json.createArrayBuilder(files.endingIn(".js")).build() + ";\n"
                + "export const pages = "
                + Json.createArrayBuilder(files.endingIn(".html")).build() + ";\n"
                + "export const stylesheets = "
                + Json.createArrayBuilder(files.endingIn(".css")).build() + ";\n"
                + "export const rooms = " + rooms() + ";\n";
    }

    /** The modules, from the top down, with their scripts. */
    private static JsonArray rooms() {
        JsonArrayBuilder rooms = Json.createArrayBuilder();
        PAGES.forEach((module, folder) -> rooms.add(Json.createObjectBuilder()
                .add("name", module)
                .add("files", Json.createArrayBuilder(new PageFiles(List.of(folder)).endingIn(".js")))));
        return rooms.build();
    }

    private static List<String> names(Enum<?>... values) {
        return Arrays.stream(values).map(Enum::name).toList();
    }

    private static <E extends Enum<E>> List<String> names(E[] values, Predicate<E> wanted) {
        return Arrays.stream(values).filter(wanted).map(Enum::name).toList();
    }
}
