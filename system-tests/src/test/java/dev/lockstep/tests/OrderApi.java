package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.SimpleValidationReportFormat;
import com.atlassian.oai.validator.report.ValidationReport;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;

/** The JSON API of a running server. Every answer is held against the OpenAPI document that the same server publishes. */
public final class OrderApi {

    private final URI base;
    private final OpenApiInteractionValidator contract;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    OrderApi(URI base) {
        this.base = base;
        String document =
                send(request("openapi").header("Accept", "application/json")).body();
        this.contract = OpenApiInteractionValidator.createForInlineApiSpecification(document)
                .build();
    }

    public static String orderJson(UUID orderId, int productId, int quantity, String orderName) {
        return Json.createObjectBuilder()
                .add("orderId", orderId.toString())
                .add("productId", productId)
                .add("quantity", quantity)
                .add("orderName", orderName)
                .build()
                .toString();
    }

    /** Asks with GET. */
    public HttpResponse<String> get(String path) {
        return held(Request.Method.GET, path, send(request(path)));
    }

    /** What the server knows of one transaction. */
    JsonObject transaction(String globalId) {
        return json(get("api/transactions/" + inPath(globalId)));
    }

    /** A name of PostgreSQL's as part of an address: it has slashes, as chance wills. */
    static String inPath(String name) {
        return name.replace('/', '~');
    }

    /** Places an order. */
    public HttpResponse<String> post(String json) {
        return post(json.getBytes(StandardCharsets.UTF_8), "application/json");
    }

    /** Sends any body of any type; one that is taken must be as the document wants it. */
    HttpResponse<String> post(byte[] body, String contentType) {
        return post("api/orders", body, contentType);
    }

    /** Sends any body of any type somewhere else. */
    HttpResponse<String> post(String path, byte[] body, String contentType) {
        HttpResponse<String> response = held(
                Request.Method.POST,
                path,
                send(request(path).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body))));
        if (response.statusCode() < 300) {
            assertKept(contract.validateRequest(SimpleRequest.Builder.post("/" + path)
                    .withContentType(contentType)
                    .withBody(new String(body, StandardCharsets.UTF_8))
                    .build()));
        }
        return response;
    }

    /** Sends a request as it is, for what the document does not describe. */
    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A request to a path, for {@link #send}. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve("/" + path)).timeout(Duration.ofSeconds(60));
    }

    HttpResponse<String> held(Request.Method method, String path, HttpResponse<String> response) {
        SimpleResponse.Builder answer =
                SimpleResponse.Builder.status(response.statusCode()).withBody(response.body());
        response.headers().map().forEach(answer::withHeader);
        assertKept(contract.validateResponse("/" + path.replaceFirst("\\?.*", ""), method, answer.build()));
        return response;
    }

    private static void assertKept(ValidationReport report) {
        assertThat(report.hasErrors())
                .as(() -> SimpleValidationReportFormat.getInstance().apply(report))
                .isFalse();
    }

    static JsonObject json(HttpResponse<String> response) {
        try (JsonReader reader = Json.createReader(new StringReader(response.body()))) {
            return reader.readObject();
        }
    }
}
