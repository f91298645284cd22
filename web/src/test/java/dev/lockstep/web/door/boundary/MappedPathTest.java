package dev.lockstep.web.door.boundary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.web.door.control.Address;
import java.net.URLDecoder;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Grizzly makes of paths. */
class MappedPathTest {

    @ParameterizedTest
    @CsvSource({
        "/,/",
        "/api/orders/,/api/orders/",
        "/other/../api/orders,/api/orders",
        "/other/%2E%2e/api,/api",
        "/other%2f../api,/api",
        "/other/..,/",
        "/other/%2E%2e,/",
        "/other/x/%2e,/other/x/",
        "/other;x/../api/orders,/api/orders",
        "/other/..;x/api,/other/..",
        "/other/../api/;/../other,/api/other",
        "/x;y=1/z,/x",
        "/other/.../api/orders,/api/orders",
        "/other/././api/orders,/api/orders",
        "/ap/.//i/orders,/api/orders"
    })
    void whereAPathLeads(String path, String mapped) {
        assertThat(MappedPath.of(path)).hasValue(mapped);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/..", "/../api", "/other\\..\\api", "/other/%5c", "/%", "/%zz", "/%00", "%2e%2e", "/%2e%2e"
            })
    void whatLeadsNowhere(String path) {
        assertThat(MappedPath.of(path)).isEmpty();
    }

    @Test
    void startAloneIsTold() {
        assertThat(MappedPath.of("/x".repeat(4000)).orElseThrow()).hasSize(256);
    }

    /** So no second spelling of an address is served. */
    @Test
    void canonicalPath_isTakenAsItStands() {
        String[] parts = {"/", "/", "/", ".", "..", ";", "%2e", "%2F", "%3B", "%20", "\\", "api", "orders", "x=1"};
        Random random = new Random(15);
        int canonical = 0;
        for (int i = 0; i < 20_000; i++) {
            String path = "/"
                    + random.ints(random.nextInt(8), 0, parts.length)
                            .mapToObj(part -> parts[part])
                            .collect(Collectors.joining());
            if (new Address(path).isCanonical()) {
                canonical++;
                assertThat(MappedPath.of(path).orElseThrow())
                        .as(path)
                        .isIn(URLDecoder.decode(path, UTF_8), URLDecoder.decode(path, UTF_8) + '/');
            }
        }
        assertThat(canonical).isGreaterThan(1_000);
    }
}
