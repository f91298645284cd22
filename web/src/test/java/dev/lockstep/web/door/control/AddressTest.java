package dev.lockstep.web.door.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/js/picture/page.js",
                "/api/orders",
                "/api/orders/",
                "/api/orders/00000000-0000-0000-0000-000000000001",
                "/api/branches/4871251_bG9jaw~x%2B%3D%3D_AA==/resolve",
                "/api/transactions/a+b%20c%2c",
            })
    void oneSpelling_isCanonical(String path) {
        assertThat(new Address(path).isCanonical()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "api/orders",
                "/api//orders",
                "//api/orders",
                "/api/./orders",
                "/api/..",
                "/api/../api/orders",
                "/.",
                "/x/.../api/orders",
                "/x/..../api/orders",
                "/x/.git",
                "/api/orders;x=1",
                "/api/orders/%zz",
                "/api/orders%",
                "/api/orders%2",
                "/api%2forders",
                "/api/%6Frders",
                "/%61pi/orders",
                "/api/orders/%00",
                "/api/orders/%0D%0A",
                "/api/orders/%25",
                "/api/orders/%3B",
                "/api/orders/%5c",
                "/api\\orders",
                "/api/orders/%E4%B8%89",
                "/api/orders/\u00e4",
                "/api/ orders",
            })
    void anyOther_isNot(String path) {
        assertThat(new Address(path).isCanonical()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api",
                "/api/",
                "/api/nothing",
                "//api/orders",
                "/./api/orders",
                "/js/../api",
                "/%61pi/x",
                "/api;x=1/orders",
                "/api%2forders",
                "/api/%zz"
            })
    void api_isKnownInAnySpelling(String path) {
        assertThat(new Address(path).isOfApi()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/apis", "/API/orders", "/js/api.js", "/api/../js", "/x/api", "*", "%"})
    void whatIsNoApi_isAPage(String path) {
        assertThat(new Address(path).isOfApi()).isFalse();
    }
}
