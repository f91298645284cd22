package dev.lockstep.shop.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.web.ProblemException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderRequestTest {

    /** As JSON Schema does it. */
    @ParameterizedTest
    @ValueSource(strings = {"2", "2.0", "2.000000000000000000000", "2e0", "0.2e1", "20E-1"})
    void wholeNumber_isJudgedByItsValue(String two) {
        NewOrder order = read(two, two);
        assertThat(order.productId()).isEqualTo(2);
        assertThat(order.quantity()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.5", "1e-1", "2147483648", "1e99999", "1e-99999", "\"2\"", "true", "null", "[2]"})
    void whatIsNoWholeNumberInTheRange_isRefused(String number) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> read(number, "1"))
                .withMessage("productId must be a whole number of at most 2147483647");
    }

    private static NewOrder read(String productId, String quantity) {
        String body = "{\"productId\":" + productId + ",\"quantity\":" + quantity + ",\"orderName\":\"tea\"}";
        return OrderRequest.parse(body.getBytes(UTF_8), "orderId").order();
    }
}
