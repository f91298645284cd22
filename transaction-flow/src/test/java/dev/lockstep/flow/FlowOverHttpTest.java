package dev.lockstep.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.flow.server.FlowRefusedException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.Response;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What both filters do to real requests and answers, by Jersey over HTTP; what the servers' parts in the flow would say is given. */
class FlowOverHttpTest extends OverHttp {

    @Test
    void body_isDigestedWhole_andHeadersAreSentBeforeIt() {
        String body = "x".repeat(100_000);
        String answer = call("allowed?a=%20b").post(Entity.text(body), String.class);
        assertThat(answer).isEqualTo(body);
        assertThat(flows.entered).singleElement().satisfies(request -> {
            assertThat(request.method() + " " + request.pathAndQuery()).isEqualTo(flows.signedAddress);
            assertThat(request.bodyDigest())
                    .isEqualTo(flows.signedDigest)
                    .isEqualTo(BodyLimit.digest(body.getBytes(StandardCharsets.UTF_8)));
            assertThat(request.headers())
                    .isEqualTo(Map.of(
                            "lockstep-flow",
                            "f",
                            "lockstep-flow-call",
                            "caller=c; n=1",
                            "lockstep-signature",
                            "mac=m"));
            assertThat(request.application()).isEqualTo("shop");
        });
        assertThat(flows.left).containsExactly(200);
        assertThat(flows.answers).containsExactly(200);
        assertThat(flows.answerHeaders).containsExactly(Map.of("lockstep-flow-answer", "handle=h; node=callee"));
    }

    @Test
    void callWithoutBody_isSignedToo() {
        assertThat(call("mandatory").method("POST").getStatus()).isEqualTo(204);
        assertThat(flows.entered).singleElement().satisfies(request -> assertThat(request.bodyDigest())
                .isEqualTo(flows.signedDigest)
                .isEqualTo(BodyLimit.digest(new byte[0])));
    }

    @Test
    void serverWithoutPeers_doesNotUnderstandFlows() {
        flows.isOn = false;
        assertProblem(signed("allowed").post(Entity.text("a")), 400, "flow-not-understood", "LOCKSTEP_FLOW_PEERS_FILE");
        assertThat(unsigned("allowed").post(Entity.text("a")).getStatus()).isEqualTo(200);
    }

    @Test
    void whatTheServerRefuses_isToldAsAProblem() {
        flows.refusal = new FlowRefusedException(409, "flow-refused", "call 1 was seen");
        assertProblem(call("allowed").post(Entity.text("a")), 409, "flow-refused", "call 1 was seen");
        assertThat(flows.answers).containsExactly(409);
    }

    @Test
    void bodyBeyondTheLimit_isNotSent() {
        assertThatExceptionOfType(ProcessingException.class)
                .isThrownBy(() -> call("allowed").post(Entity.text("x".repeat(1_048_577))))
                .withMessageContaining("1048576 bytes (LOCKSTEP_FLOW_MAX_BODY)");
        assertThat(flows.entered).isEmpty();
    }

    @Test
    void bodyBeyondTheLimit_isRefused() {
        Response answer = signed("allowed").post(Entity.text("x".repeat(1_048_577)));
        assertProblem(answer, 413, "flow-refused", "1048576 bytes (LOCKSTEP_FLOW_MAX_BODY)");
        assertThat(flows.entered).isEmpty();
        assertThat(unsigned("allowed").post(Entity.text("x".repeat(1_048_577))).getStatus())
                .isEqualTo(200);
    }

    /** As Java's own client asks for HTTP/2: the server's stream has no end then. */
    @Test
    void bodyAfterUpgrade_isReadAsFarAsItIsDeclared() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(address("allowed"))
                .POST(HttpRequest.BodyPublishers.ofString("hello"))
                .header("Lockstep-Flow", "f")
                .header("Content-Type", "text/plain")
                .timeout(Duration.ofSeconds(20))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("hello");
    }

    @Test
    void streamedAnswer_isAFailure() {
        assertProblem(call("streamed").get(), 500, "flow-refused", "StreamingOutput");
        assertThat(flows.left).containsExactly(500);
        assertThat(unsigned("streamed").get(String.class)).isEqualTo("a");
    }

    @Test
    void redirect_isNotFollowed_andIsNoAnswer() {
        assertThat(call("elsewhere").method("POST").getStatus()).isEqualTo(307);
        assertThat(flows.answers).containsExactly(0);
        assertThat(flows.entered).hasSize(1);
    }

    @Test
    void callOutsideOfATransaction_bearsNoFlow() {
        flows.hasTransaction = () -> false;
        assertThat(call("allowed").post(Entity.text("a")).getStatus()).isEqualTo(200);
        assertThat(flows.entered).isEmpty();
    }

    @Test
    void serverWithoutPeers_sendsNothingInATransaction() throws Exception {
        flows.isOn = false;
        TransactionAnswersWith transaction = TransactionAnswersWith.bound();
        assertThat(call("allowed").post(Entity.text("a")).getStatus()).isEqualTo(200);
        transaction.begin();
        assertThatExceptionOfType(ProcessingException.class)
                .isThrownBy(() -> call("allowed").post(Entity.text("a")))
                .withMessageContainingAll("was not sent", "LOCKSTEP_FLOW_PEERS_FILE");
    }
}
