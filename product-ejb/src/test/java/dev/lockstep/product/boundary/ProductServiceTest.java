package dev.lockstep.product.boundary;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProductServiceTest {

    /** A negative quantity would add to the stock. */
    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void takingNothingOrLess_isRefusedBeforeTheDatabaseIsAsked(int quantity) {
        ProductService withoutDatabase = new ProductService(null, null);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withoutDatabase.decreaseNum(7, quantity))
                .withMessage("Cannot take " + quantity + " pieces of product 7: the least is 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Taking(7, quantity))
                .withMessage("Cannot take " + quantity + " pieces of product 7: the least is 1");
    }
}
