package dev.lockstep.shop.ticket.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.product.boundary.TicketStock;
import org.junit.jupiter.api.Test;

/** What can be told of products without asking for them. */
class KnownProductsTest {

    private final KnownProducts products = new KnownProducts();
    private final Shelf shelf = new Shelf();

    /** A product database that is away as long as it has nothing to tell. */
    private static final class Shelf extends TicketStock {

        private int[] ids;

        @Override
        public int[] productIds() {
            if (ids == null) {
                throw new IllegalStateException("away");
            }
            return ids;
        }

        void has(int... productIds) {
            ids = productIds;
        }

        void isAway() {
            ids = null;
        }
    }

    @Test
    void productIsUnknown_onlyAsFarAsTheLastLookTells() {
        products.stock = shelf;
        products.look();
        assertThat(products.isUnknown(4)).as("nobody could look yet").isFalse();

        shelf.has(-7, 1, 5);
        products.look();
        assertThat(products.isUnknown(4)).isTrue();
        assertThat(products.isUnknown(-7)).isFalse();
        assertThat(products.isUnknown(5)).isFalse();

        shelf.isAway();
        products.look();
        assertThat(products.isUnknown(4)).as("what was known stays").isTrue();
        assertThat(products.isUnknown(5)).isFalse();

        shelf.has(4);
        products.look();
        assertThat(products.isUnknown(4)).isFalse();
        assertThat(products.isUnknown(5)).isTrue();
    }
}
