package dev.lockstep.product.boundary;

import static dev.lockstep.product.boundary.StockFixtures.COFFEE;
import static dev.lockstep.product.boundary.StockFixtures.PRODUCTS;
import static dev.lockstep.product.boundary.StockFixtures.TEA;
import static dev.lockstep.product.boundary.StockFixtures.givenBack;
import static dev.lockstep.product.boundary.StockFixtures.left;
import static dev.lockstep.product.boundary.StockFixtures.product;
import static dev.lockstep.product.boundary.StockFixtures.stock;
import static dev.lockstep.product.boundary.StockFixtures.taken;
import static dev.lockstep.product.boundary.StockFixtures.takenForTickets;
import static dev.lockstep.product.boundary.StockFixtures.takings;
import static dev.lockstep.product.boundary.StockFixtures.wanted;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.product.control.ProductSql;
import dev.lockstep.testing.LocalTransaction;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How stock is taken for tickets, on a real product database. */
class TicketStockTest {

    private final UUID first = UUID.randomUUID();
    private final UUID second = UUID.randomUUID();
    private final UUID third = UUID.randomUUID();
    private final UUID fourth = UUID.randomUUID();

    @BeforeEach
    void tenPiecesOfTea() {
        PRODUCTS.empty();
        product(TEA, 10);
    }

    @Test
    void stock_isTakenInTheOrderOfTheTickets_asFarAsItLasts() {
        assertThat(taken(TEA, 1, wanted(entry(first, 4), entry(second, 7), entry(third, 6), entry(fourth, 1))))
                .isEqualTo(new TicketTaking.Result(List.of(first, third), 0, true));
        assertThat(left(TEA)).isZero();
        assertThat(takenForTickets(TEA)).isEqualTo(10);
        assertThat(takings(TEA)).containsExactlyInAnyOrder(first, third);
        assertThat(PRODUCTS.sql().value("SELECT quantity FROM ticket_taking WHERE ticket_id = '" + third + "'"))
                .isEqualTo("6");
    }

    @Test
    void takingIsPerProduct() {
        product(COFFEE, 5);
        taken(TEA, 1, wanted(entry(first, 4)));
        taken(COFFEE, 2, wanted(entry(second, 3), entry(third, 1)));
        assertThat(left(TEA)).isEqualTo(6);
        assertThat(left(COFFEE)).isEqualTo(1);
        assertThat(takings(TEA)).containsExactly(first);
        assertThat(takings(COFFEE)).containsExactlyInAnyOrder(second, third);
        assertThat(takenForTickets(TEA)).isEqualTo(4);
        assertThat(takenForTickets(COFFEE)).isEqualTo(4);
    }

    @Test
    void soldOut_grantsNothingAndTellsWhatIsLeft() {
        assertThat(taken(TEA, 1, wanted(entry(first, 11), entry(second, 12))))
                .isEqualTo(new TicketTaking.Result(List.of(), 10, true));
        assertThat(left(TEA)).isEqualTo(10);
        assertThat(takenForTickets(TEA)).isZero();
        assertThat(takings(TEA)).isEmpty();
    }

    /** Scenario: a server took the stock and died. Expected: the next one is granted the same, and takes nothing for it. */
    @Test
    void ticketThatHasItsStock_isGrantedAgain_withoutTaking() {
        taken(TEA, 1, wanted(entry(first, 4), entry(second, 4)));
        assertThat(taken(TEA, 2, wanted(entry(first, 4), entry(second, 4), entry(third, 2), entry(fourth, 1))))
                .isEqualTo(new TicketTaking.Result(List.of(first, second, third), 0, true));
        assertThat(left(TEA)).isZero();
        assertThat(takenForTickets(TEA)).isEqualTo(10);
    }

    // --- Claims

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7})
    void claimThatIsNotLaterThanTheLast_takesAndGivesBackNothing(long stale) {
        taken(TEA, 5, wanted(entry(first, 4)));
        taken(TEA, 7, Map.of());
        assertThatExceptionOfType(StaleClaimException.class)
                .isThrownBy(() -> taken(TEA, stale, wanted(entry(second, 1)), Set.of(first)))
                .withMessage("Claim " + stale + " on the tickets of product 1 is stale: a later one was used");
        assertThatExceptionOfType(StaleClaimException.class).isThrownBy(() -> givenBack(TEA, stale, first));
        assertThat(left(TEA)).isEqualTo(6);
        assertThat(takings(TEA)).containsExactly(first);
        assertThat(takenForTickets(TEA)).isEqualTo(4);
    }

    @Test
    void claimOfOneProduct_isNotStaleForAnother() {
        product(COFFEE, 5);
        taken(TEA, 7, wanted(entry(first, 4)));
        assertThat(taken(COFFEE, 3, wanted(entry(second, 1))).granted()).containsExactly(second);
    }

    @Test
    void claimOfALostTransaction_isUnused() {
        try (LocalTransaction dying = PRODUCTS.begin()) {
            stock(dying).take(new TicketTaking(TEA, 7, wanted(entry(first, 4)), Set.of()));
        }
        assertThat(left(TEA)).isEqualTo(10);
        assertThat(takings(TEA)).isEmpty();
        assertThat(taken(TEA, 7, wanted(entry(first, 4))).granted()).containsExactly(first);
    }

    @Test
    void givingBack_usesTheClaim() {
        givenBack(TEA, 7, first);
        assertThatExceptionOfType(StaleClaimException.class).isThrownBy(() -> taken(TEA, 7, wanted(entry(first, 1))));
        assertThat(taken(TEA, 8, wanted(entry(second, 1))).granted()).containsExactly(second);
    }

    // --- Products that there are not

    @Test
    void unknownProduct_grantsNothing() {
        assertThat(taken(COFFEE, 1, wanted(entry(first, 1)))).isEqualTo(new TicketTaking.Result(List.of(), 0, false));
        assertThat(takings(COFFEE)).isEmpty();
        givenBack(COFFEE, 2, first);
    }

    /** Who was told that there is no such product must not take of it by the same claim when it comes. */
    @Test
    void productThatComesLater_isTakenByLaterClaims() {
        taken(COFFEE, 5, wanted(entry(first, 1)));
        product(COFFEE, 3);
        assertThatExceptionOfType(StaleClaimException.class)
                .isThrownBy(() -> taken(COFFEE, 5, wanted(entry(first, 1))));
        assertThat(taken(COFFEE, 6, wanted(entry(second, 1))))
                .isEqualTo(new TicketTaking.Result(List.of(second), 2, true));
    }

    // --- What is forgotten, and what is given back

    @Test
    void endedTickets_areForgotten_theirPiecesStayTaken() {
        taken(TEA, 1, wanted(entry(first, 4), entry(second, 3)));
        taken(TEA, 2, wanted(entry(third, 1)), Set.of(first, UUID.randomUUID()));
        assertThat(takings(TEA)).containsExactlyInAnyOrder(second, third);
        assertThat(left(TEA)).isEqualTo(2);
        assertThat(takenForTickets(TEA)).isEqualTo(8);
    }

    @Test
    void nothingWanted_forgetsOnly() {
        taken(TEA, 1, wanted(entry(first, 4), entry(second, 3)));
        assertThat(taken(TEA, 2, Map.of(), Set.of(second))).isEqualTo(new TicketTaking.Result(List.of(), 3, true));
        assertThat(takings(TEA)).containsExactly(first);
    }

    @Test
    void refusedTicket_givesItsPiecesBack_once() {
        taken(TEA, 1, wanted(entry(first, 4), entry(second, 3)));
        givenBack(TEA, 2, first);
        givenBack(TEA, 3, first);
        assertThat(left(TEA)).isEqualTo(7);
        assertThat(takenForTickets(TEA)).isEqualTo(3);
        assertThat(takings(TEA)).containsExactly(second);
    }

    @Test
    void ticketWithoutStock_givesNothingBack() {
        taken(TEA, 1, wanted(entry(first, 4)));
        givenBack(TEA, 2, second);
        assertThat(left(TEA)).isEqualTo(6);
        assertThat(takenForTickets(TEA)).isEqualTo(4);
        assertThat(takings(TEA)).containsExactly(first);
    }

    @Test
    void severalTickets_giveBackTogetherWhatTheyHave() {
        taken(TEA, 1, wanted(entry(first, 4), entry(second, 3), entry(third, 2)));
        givenBack(TEA, 2, first, third, fourth);
        assertThat(left(TEA)).isEqualTo(7);
        assertThat(takings(TEA)).containsExactly(second);
        assertThat(takenForTickets(TEA)).isEqualTo(3);
    }

    @Test
    void allProducts_areListedInTheirOrder() {
        product(COFFEE, 0);
        product(-7, 1);
        assertThat(new TicketStock(new ProductSql(PRODUCTS.dataSource())).productIds())
                .containsExactly(-7, TEA, COFFEE);
    }
}
