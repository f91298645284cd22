package dev.lockstep.web.door.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {

    private static final HostNames LOOPBACK = HostNames.of(Map.of());

    private static HostNames names(String address, String names) {
        return HostNames.of(Map.of("LOCKSTEP_HTTP_ADDRESS", address, "LOCKSTEP_HOST_NAMES", names));
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST:8080", "127.0.0.1:8080", "127.0.0.20", "[::1]:8080", "[::1]"})
    void loopbacksNames_areTakenOnLoopback(String host) {
        assertThat(LOOPBACK.admit(host, true)).isTrue();
        assertThat(names("127.0.0.1", "shop.example").admit(host, true)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:8080",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "192.168.1.7",
                "",
                ":8080",
                "localhost:8080:9090",
                "localhost@evil.example",
                "[::1].evil.example"
            })
    void others_areNot(String host) {
        assertThat(LOOPBACK.admit(host, true)).isFalse();
    }

    /** A proxy on the same machine passes the name that browsers use. */
    @Test
    void settingsNames_areTakenOnLoopback() {
        HostNames names = names("", "shop.example, Shop.Example.org");
        assertThat(names.admit("shop.example", true)).isTrue();
        assertThat(names.admit("shop.example.org:443", true)).isTrue();
        assertThat(names.admit("evil.example", true)).isFalse();
    }

    @Test
    void onAnotherAddress_onlyTheSettingsNamesAreTaken() {
        HostNames names = names("0.0.0.0", "shop.example");
        assertThat(names.doubt()).isEmpty();
        assertThat(names.admit("shop.example:8080", false)).isTrue();
        assertThat(names.admit("localhost", false)).isFalse();
        assertThat(names.admit("192.0.2.1:8080", false)).isFalse();
        // the launcher's question
        assertThat(names.admit("127.0.0.1:8080", true)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0,true",
        "192.0.2.1,true",
        "::,true",
        "127.0.0.1,false",
        "127.1.2.3,false",
        "localhost,false",
        "::1,false"
    })
    void onAnotherAddressWithoutSetting_allAreTaken_butNotSilently(String address, boolean isDoubtful) {
        HostNames names = names(address, "");
        assertThat(names.doubt().isPresent()).isEqualTo(isDoubtful);
        assertThat(names.admit("anything.example", false)).isEqualTo(isDoubtful);
    }
}
