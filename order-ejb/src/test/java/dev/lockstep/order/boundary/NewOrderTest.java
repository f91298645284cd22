package dev.lockstep.order.boundary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewOrderTest {

    private static final UUID ID = UUID.randomUUID();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1000})
    void quantityWithinLimits_isTaken(int quantity) {
        assertThat(new NewOrder(ID, "tea", 1, quantity).quantity()).isEqualTo(quantity);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 1001})
    void quantityOutOfLimits_isRefusedWithValueAndLimit(int quantity) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new NewOrder(ID, "tea", 1, quantity))
                .withMessageContaining("is " + quantity + ", must be between 1 and 1000");
    }

    @Test
    void charactersAreCounted_notTheirUnits() {
        assertThat(NewOrder.isValidName("🍵".repeat(200))).isTrue();
        assertThat(NewOrder.isValidName("🍵".repeat(201))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "　", "a\u0000", "line\nbreak", "\u007f", "\ud800", "a\udc00"})
    void nameThatCannotBeReadOrStored_isRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new NewOrder(ID, name, 1, 1));
    }

    /** What cannot be seen, what turns the text around it, and what ends a line where no control character does. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u200b",
                "\u00a0\u200d\ufeff",
                "\u00ad",
                "\u3164",
                "\u2800",
                "\u0301",
                "\ufe0f",
                "\u200f",
                "a\u202eb",
                "a\u202ab",
                "a\u202cb",
                "a\u2066b",
                "a\u2069b",
                "a\u2028b",
                "a\u2029b",
                "a\u0085b"
            })
    void nameThatDeceives_isNotTakenAnyMore_butReadIfItWas(String name) {
        assertThat(NewOrder.isValidName(name)).isFalse();
        if (name.codePoints().noneMatch(Character::isISOControl)) {
            assertThat(new NewOrder(ID, name, 1, 1).orderName()).isEqualTo(name);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u200bb",
                "👨\u200d👩\u200d👧",
                "שלום\u200f!",
                "é",
                "e\u0301",
                "क्षि",
                "\ud83e\udee0",
                "1",
                "–",
                " x "
            })
    void nameThatIsSeen_isTaken(String name) {
        assertThat(NewOrder.isValidName(name)).isTrue();
        assertThat(new NewOrder(ID, name, 1, 1).orderName()).isEqualTo(name);
    }

    @Test
    void placedOrder_fulfilsOnlyWhatAsksForTheSame() {
        PlacedOrder placed = new PlacedOrder(ID, "tea", Instant.EPOCH, 1, 2);
        assertThat(placed.fulfils(new NewOrder(ID, "tea", 1, 2))).isTrue();
        assertThat(placed.fulfils(new NewOrder(UUID.randomUUID(), "tea", 1, 2))).isFalse();
        assertThat(placed.fulfils(new NewOrder(ID, "coffee", 1, 2))).isFalse();
        assertThat(placed.fulfils(new NewOrder(ID, "tea", 2, 2))).isFalse();
        assertThat(placed.fulfils(new NewOrder(ID, "tea", 1, 3))).isFalse();
    }
}
