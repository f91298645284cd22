package dev.lockstep.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.flow.server.FlowRefusedException;
import jakarta.transaction.TransactionRequiredException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What both filters do to real requests and answers, by Jersey over HTTP; what the servers' parts in the flow would say is given. */
class FlowOverHttpTest {

    private static HttpServer server;
    private static Client client;

    /** Of somebody who signs by hand. */
    private static Client plain;

    private final NotedFlows flows = NotedFlows.here();

    @BeforeAll
    static void start() {
        server = GrizzlyHttpServerFactory.createHttpServer(
                URI.create("http://127.0.0.1:0/"), new ResourceConfig(ContractResource.class));
        client = ClientBuilder.newClient().register(TransactionFlowClient.class);
        plain = ClientBuilder.newClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        plain.close();
        server.shutdownNow();
    }

    @BeforeEach
    void reset() {
        flows.reset();
        Names.BOUND.keySet().removeIf(name -> name.startsWith("java:comp"));
    }

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
    void refusalOfTheMethod_leavesWithItsStatus() {
        assertThat(call("conflict").method("POST").getStatus()).isEqualTo(409);
        assertThat(flows.left).containsExactly(409);
        assertThat(flows.answers).containsExactly(409);
    }

    @Test
    void notAllowedOperation_withFlow_isNotUnderstood() {
        assertProblem(signed("not-allowed").method("POST"), 400, "flow-not-understood", "ContractResource.notAllowed");
        assertThat(flows.entered).isEmpty();
    }

    @Test
    void mandatoryOperation_withoutFlow_isRequired() {
        assertProblem(unsigned("mandatory").method("POST"), 400, "flow-required", "ContractResource.mandatory");
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
    void asynchronousOperation_cannotTakePart() {
        assertProblem(signed("later").get(), 400, "flow-not-understood", "AsyncResponse");
        assertThat(unsigned("later").get(String.class)).isEqualTo("later");
    }

    @Test
    void redirect_isNotFollowed_andIsNoAnswer() {
        assertThat(call("elsewhere").method("POST").getStatus()).isEqualTo(307);
        assertThat(flows.answers).containsExactly(0);
        assertThat(flows.entered).hasSize(1);
    }

    @Test
    void callOutsideOfATransaction_bearsNoFlow() {
        flows.hasTransaction = false;
        assertThat(call("allowed").post(Entity.text("a")).getStatus()).isEqualTo(200);
        assertThat(flows.entered).isEmpty();
    }

    @Test
    void callToANonPeer_inATransaction_isNotSent() {
        flows.isPeer = false;
        assertThatExceptionOfType(ProcessingException.class)
                .isThrownBy(() -> call("allowed").post(Entity.text("a")))
                .withMessageContainingAll("was not sent", "is no peer's");
    }

    @Test
    void typedCallThatIsNotAllowedToFlow_bearsNoFlow() {
        flows.isPeer = false;
        assertThat(typed("notAllowed", "not-allowed").method("POST").getStatus())
                .isEqualTo(204);
        assertThat(flows.entered).isEmpty();
    }

    @Test
    void mandatoryTypedCall_withoutATransaction_isNotSent() {
        flows.hasTransaction = false;
        assertThatExceptionOfType(ProcessingException.class)
                .isThrownBy(() -> typed("mandatory", "mandatory").method("POST"))
                .withCauseInstanceOf(TransactionRequiredException.class)
                .withMessageContaining("was not sent");
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

    @Test
    void callAfterComplete_comesTooLate() {
        TransactionAnswersWith.bound();
        try (TransactionScope scope = TransactionScope.required()) {
            scope.complete();
            assertThatExceptionOfType(ProcessingException.class)
                    .isThrownBy(() -> call("allowed").post(Entity.text("a")))
                    .withCauseInstanceOf(IllegalStateException.class)
                    .withMessageContaining("too late");
        }
        assertThat(flows.entered).isEmpty();
    }

    private static Invocation.Builder call(String path) {
        return client.target(address(path)).request();
    }

    /** As MicroProfile REST Client calls. */
    private static Invocation.Builder typed(String method, String path) {
        return call(path)
                .property(
                        "org.eclipse.microprofile.rest.client.invokedMethod",
                        Arrays.stream(Contract.class.getMethods())
                                .filter(one -> one.getName().equals(method))
                                .findFirst()
                                .orElseThrow());
    }

    private static Invocation.Builder unsigned(String path) {
        return plain.target(address(path)).request();
    }

    private static Invocation.Builder signed(String path) {
        return unsigned(path).header("Lockstep-Flow", "f");
    }

    private static URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getListener("grizzly").getPort() + "/work/" + path);
    }

    private static void assertProblem(Response answer, int status, String type, String detail) {
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getHeaderString("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.readEntity(String.class)).contains("tag:lockstep.dev,2026:problem:" + type + '"', detail);
    }
}
