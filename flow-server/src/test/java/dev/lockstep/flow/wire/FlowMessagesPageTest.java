package dev.lockstep.flow.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The messages of {@code docs/flow-protocol.md}, held against the code. */
class FlowMessagesPageTest {

    private String page;

    @BeforeEach
    void read() throws IOException {
        page = Files.readString(Path.of("../docs/flow-protocol.md"));
    }

    @Test
    void page_hasEachBodyAndNoOther() {
        Set<String> bodies = new LinkedHashSet<>();
        for (Map.Entry<Message, List<Reply>> each : Examples.FITTING.entrySet()) {
            bodies.add(new String(MessageJson.write(each.getKey()), UTF_8));
            each.getValue().forEach(reply -> bodies.add(new String(ReplyJson.write(reply), UTF_8)));
        }
        bodies.remove(""); // that of GET
        String block = page.substring(page.indexOf("```json\n") + 8);
        assertThat(block.substring(0, block.indexOf("\n```")).lines()).containsExactlyInAnyOrderElementsOf(bodies);
    }

    @Test
    void page_hasEachAddress() {
        Set<String> addresses = new LinkedHashSet<>();
        for (Message message : Examples.FITTING.keySet()) {
            Address address = Address.of(message);
            String about = address.path().contains("/transactions/")
                    ? "{handle}"
                    : address.path().contains("/flows/") ? "{flow}" : "{database}";
            addresses.add("`" + address.verb().method() + " "
                    + address.path().replace("/lockstep-flow/v1", "").replace(address.about(), about) + "`");
        }
        assertThat(addresses).hasSize(Address.Verb.values().length);
        assertThat(column("message", 1)).containsExactlyInAnyOrderElementsOf(addresses);
    }

    @Test
    void page_hasEachReplyWithItsStatus() {
        Examples.FITTING.values().stream().flatMap(List::stream).forEach(reply -> {
            String type = new String(ReplyJson.write(reply), UTF_8).replaceFirst("\\{\"type\":\"([^\"]*)\".*", "$1");
            assertThat(page)
                    .containsPattern(
                            "\\n\\| `" + Pattern.quote(type) + "` \\|[^|]*\\b" + ReplyJson.status(reply) + "\\b");
        });
    }

    @Test
    void page_hasEachProblemWithItsStatus() {
        List<WireProblem> problems = List.of(
                WireProblem.malformed(""),
                WireProblem.notTrusted(""),
                WireProblem.notFound(""),
                WireProblem.methodNotAllowed("", ""),
                WireProblem.tooLarge(0),
                WireProblem.internal(),
                WireProblem.tooMany(0));
        assertThat(column("status", 2))
                .containsExactlyElementsOf(problems.stream()
                        .map(problem -> "`" + problem.type() + "`")
                        .toList());
        problems.forEach(
                problem -> assertThat(page).contains("| " + problem.status() + " | `" + problem.type() + "` |"));
    }

    @Test
    void page_tellsTheLimits() {
        assertThat(page)
                .contains("more than " + WireFilter.BODY_MAX + " bytes")
                .contains("a head of more than " + HttpCodec.HEAD_MAX / 1024 + " KiB")
                .contains("at most " + WireListener.CONNECTIONS_MAX + " connections")
                .contains(Lanes.WAITING_MAX + " messages wait in the lane")
                .contains("1 to " + Fields.LIST_MAX + ", each once")
                .contains("A reason has at most " + Fields.REASON_MAX + " characters")
                .contains("five seconds after its first byte");
        assertThat(Visitors.ARRIVAL_LIMIT).hasSeconds(5);
    }

    /** The fields of a column of the table whose first header is this. */
    private List<String> column(String header, int index) {
        return page.substring(page.indexOf("\n| " + header + " |") + 1)
                .lines()
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(line -> Arrays.asList(line.split(" *\\| *", -1)).get(index))
                .toList();
    }
}
