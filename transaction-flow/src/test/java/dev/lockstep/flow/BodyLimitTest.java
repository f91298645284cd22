package dev.lockstep.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyLimitTest {

    @Test
    void unsetLimit_isAMebibyte() {
        assertThat(BodyLimit.from(Map.of())).isEqualTo(new BodyLimit(1_048_576));
        assertThat(BodyLimit.from(Map.of(BodyLimit.SETTING, "1024"))).isEqualTo(new BodyLimit(1024));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1023", "67108865", "-1", "1M", "99999999999"})
    void limitOutsideOfItsRange_isRefused(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BodyLimit.from(Map.of(BodyLimit.SETTING, value)))
                .withMessageContainingAll("LOCKSTEP_FLOW_MAX_BODY", value, "1024 to 67108864");
    }
}
