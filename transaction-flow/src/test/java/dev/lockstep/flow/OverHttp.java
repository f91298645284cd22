package dev.lockstep.flow;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Arrays;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A resource of each kind behind HTTP, and clients that let their transactions flow, or do not. */
abstract class OverHttp {

    private static HttpServer server;
    private static Client client;

    /** Of somebody who signs by hand. */
    private static Client plain;

    final NotedFlows flows = NotedFlows.here();

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

    static Invocation.Builder call(String path) {
        return client.target(address(path)).request();
    }

    /** As MicroProfile REST Client calls. */
    static Invocation.Builder typed(String method, String path) {
        return call(path)
                .property(
                        "org.eclipse.microprofile.rest.client.invokedMethod",
                        Arrays.stream(Contract.class.getMethods())
                                .filter(one -> one.getName().equals(method))
                                .findFirst()
                                .orElseThrow());
    }

    static Invocation.Builder unsigned(String path) {
        return plain.target(address(path)).request();
    }

    static Invocation.Builder signed(String path) {
        return unsigned(path).header("Lockstep-Flow", "f");
    }

    static URI address(String path) {
        return URI.create("http://127.0.0.1:" + server.getListener("grizzly").getPort() + "/work/" + path);
    }

    static void assertProblem(Response answer, int status, String type, String detail) {
        assertThat(answer.getStatus()).isEqualTo(status);
        assertThat(answer.getHeaderString("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.readEntity(String.class)).contains("tag:lockstep.dev,2026:problem:" + type + '"', detail);
    }
}
