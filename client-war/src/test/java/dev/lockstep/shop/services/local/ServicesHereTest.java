package dev.lockstep.shop.services.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.shop.doctor.ShopDatabases;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A shop that is told where its services are, though it has them. */
class ServicesHereTest {

    @Test
    void addressOfAService_isAWrongSetting() {
        assertThat(ShopDatabases.wrongSettings(Map.of("LOCKSTEP_ORDER_URL", "http://127.0.0.1:8082")))
                .containsExactly(
                        "LOCKSTEP_ORDER_URL=http://127.0.0.1:8082 must not be set: this shop has its services in it;"
                                + " client-remote.war asks others");
        assertThat(ShopDatabases.wrongSettings(Map.of())).isEmpty();
    }
}
