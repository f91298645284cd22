package dev.lockstep.door.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource({
        "/,/",
        "'',/",
        "/api/orders/,/api/orders",
        "/other/../api/orders,/api/orders",
        "/other/%2E%2e/api,/api",
        "/other%2f../api,/api",
        "//other/.//x;y=1/z,/other/x/z",
        "/../..,/"
    })
    void cleaned_isWhereItLeads(String path, String cleaned) {
        assertThat(new Address(path).cleaned()).isEqualTo(cleaned);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/other",
                "/other/",
                "/other/api/orders",
                "/other/a/../b",
                "/other/a;b=c",
                "/other//x",
                "/other/x..y"
            })
    void anothersInEveryReading_isAnothers(String path) {
        assertThat(new Address(path).mayBeOurs(AddressTest::isNotOthers)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/orders",
                "/other/../api/orders",
                "/other/%2e./api/orders",
                "/other/..%2fapi/orders",
                "/api/../other",
                "/other/../api/;/../other",
                "/other/../api/orders/%3b/../../../other",
                "/other/..\\api\\orders",
                "/other/..%5Capi/..;/..;/other",
            })
    void oursInAnyReading_mayBeOurs(String path) {
        assertThat(new Address(path).mayBeOurs(AddressTest::isNotOthers)).isTrue();
    }

    @Test
    void ownerIsLookedForByTheStartAlone() {
        List<String> asked = new ArrayList<>();
        new Address("/".repeat(8000) + "x/".repeat(8000)).mayBeOurs(path -> !asked.add(path));
        assertThat(asked).hasSize(2).allMatch(path -> path.length() == 256);
    }

    private static boolean isNotOthers(String path) {
        return !path.equals("/other") && !path.startsWith("/other/");
    }
}
