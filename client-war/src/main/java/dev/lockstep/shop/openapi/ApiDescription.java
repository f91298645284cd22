package dev.lockstep.shop.openapi;

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
    private JsonObject json;

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
    public synchronized JsonObject json() {
        if (json == null) { // few ask for it, and who wants YAML must not wait until it has been parsed
            Map<String, Object> parsed = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
            json = Json.createObjectBuilder(parsed).build();
        }
        return json;
    }
}
