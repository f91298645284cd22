package dev.lockstep.shop.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the services are, as the settings tell. */
class ServicesTest {

    @Test
    void bothAreNeeded_andTheMissingOneIsNamed() {
        assertThatThrownBy(() -> Services.from(Map.of("LOCKSTEP_PRODUCT_URL", "http://127.0.0.1:8081")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("LOCKSTEP_ORDER_URL is not set: this shop has no database")
                .hasMessageNotContaining("LOCKSTEP_PRODUCT_URL is");
    }

    @Test
    void valueThatIsNoAddress_isTold() {
        assertThatThrownBy(() -> Services.from(
                        Map.of("LOCKSTEP_PRODUCT_URL", "ftp://goods", "LOCKSTEP_ORDER_URL", "http://a b")))
                .hasMessageContaining("LOCKSTEP_PRODUCT_URL=ftp://goods must be a URL with http or https")
                .hasMessageContaining("LOCKSTEP_ORDER_URL=http://a b must be a URL");
    }

    @Test
    void bothTogether_areTaken() {
        assertThat(Services.from(
                        Map.of("LOCKSTEP_PRODUCT_URL", "https://p:8181", "LOCKSTEP_ORDER_URL", "http://127.0.0.1:1")))
                .isEqualTo(new Services(URI.create("https://p:8181"), URI.create("http://127.0.0.1:1")));
    }
}
