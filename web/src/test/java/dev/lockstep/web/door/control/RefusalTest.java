package dev.lockstep.web.door.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.web.HttpProblems;
import dev.lockstep.web.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalTest {

    @Test
    void programGetsAProblem() {
        Refusal refusal = Refusal.of(HttpProblems.notFound("/api/x;y"), new Address("/api/x;y"));
        assertThat(refusal.status()).isEqualTo(404);
        assertThat(refusal.mediaType()).isEqualTo(Problem.MEDIA_TYPE);
        assertThat(new String(refusal.body(), UTF_8)).contains("\"status\":404", ":not-found", "/api/x;y");
    }

    @Test
    void personGetsAPage_inWhichNothingComesAlive() {
        String path = "/<script>alert(1)</script>&\"";
        Refusal refusal = Refusal.of(HttpProblems.notFound(path), new Address(path));
        assertThat(refusal.mediaType()).startsWith("text/html");
        assertThat(new String(refusal.body(), UTF_8))
                .contains("404 Not found", "没有这个页面", "&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;")
                .doesNotContain("<script>", "{");
    }

    @Test
    void whatTheClientSent_isRepeatedInPart() {
        String sent = "x".repeat(8000);
        assertThat(List.of(
                        HttpProblems.notFound(sent),
                        HttpProblems.methodNotAllowed(sent, List.of()),
                        DoorProblems.unknownHost(sent),
                        DoorProblems.expectationFailed(sent),
                        DoorProblems.unknownCoding(sent)))
                .allSatisfy(problem ->
                        assertThat(problem.detail()).hasSizeLessThan(400).contains("x".repeat(256) + "…"));
    }

    @Test
    void everyStatusOfTheContainer_hasWords() {
        for (int status = 400; status < 600; status++) {
            Refusal refusal = Refusal.of(DoorProblems.of(status), new Address(""));
            assertThat(new String(refusal.body(), UTF_8))
                    .contains("<h1>" + status + ' ')
                    .doesNotContain("{");
        }
    }
}
