package dev.lockstep.client.control;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The OpenAPI document of this API: as it is written, and the same as JSON. */
@ApplicationScoped
public class ApiDescription {

    private static final String DOCUMENT = "/META-INF/openapi.yaml";

    private final String yaml = read();
    private final JsonObject json = Json.createObjectBuilder(
                    new Yaml(new SafeConstructor(new LoaderOptions())).<Map<String, Object>>load(yaml))
            .build();

    private static String read() {
        try (InputStream document = ApiDescription.class.getResourceAsStream(DOCUMENT)) {
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the document in YAML} */
    public String yaml() {
        return yaml;
    }

    /** {@return the document in JSON} */
    public JsonObject json() {
        return json;
    }
}
