package dev.lockstep.web.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestOriginTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-, -, shop.example, false",
                "same-origin, -, shop.example, false",
                "none, -, shop.example, false",
                "same-site, https://shop.example, shop.example, true",
                "cross-site, -, shop.example, true",
                "-, https://shop.example, shop.example, false",
                "-, http://shop.example:8080, shop.example:8080, false",
                "-, http://SHOP.example, shop.example, false",
                "-, http://[::1]:8080, [::1]:8080, false",
                "-, http://shop.example:8081, shop.example:8080, true",
                "-, https://shop.example.evil, shop.example, true",
                "-, https://shop.example@evil, shop.example, true",
                "-, null, shop.example, true",
                "-, https://shop.example, -, true",
                "-, '', shop.example, true",
            })
    void writeIsForeignIfTheBrowserSaysSo(String fetchSite, String origin, String host, boolean isForeign) {
        assertThat(new RequestOrigin(fetchSite, origin, host).isForeign()).isEqualTo(isForeign);
    }
}
