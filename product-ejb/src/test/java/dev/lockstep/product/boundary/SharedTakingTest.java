package dev.lockstep.product.boundary;

import static dev.lockstep.product.boundary.StockFixtures.COFFEE;
import static dev.lockstep.product.boundary.StockFixtures.PRODUCTS;
import static dev.lockstep.product.boundary.StockFixtures.TEA;
import static dev.lockstep.product.boundary.StockFixtures.left;
import static dev.lockstep.product.boundary.StockFixtures.product;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.product.boundary.Taking.Answer;
import dev.lockstep.product.boundary.Taking.Result;
import dev.lockstep.product.control.ProductSql;
import dev.lockstep.testing.LocalTransaction;
import jakarta.ejb.EJBException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How stock is taken for several customers at once, on a real product database. */
class SharedTakingTest {

    private static final int CAKE = 3;

    @BeforeEach
    void tenPiecesOfTea() {
        PRODUCTS.empty();
        product(TEA, 10);
    }

    private static List<Result> taken(Taking... takings) {
        try (LocalTransaction transaction = PRODUCTS.begin()) {
            List<Result> results = service(transaction).decreaseNums(List.of(takings));
            transaction.commit();
            return results;
        }
    }

    private static ProductService service(LocalTransaction transaction) {
        return new ProductService(null, new ProductSql(transaction.dataSource()));
    }

    private static Result of(Answer answer, int available) {
        return new Result(answer, available);
    }

    @Test
    void enoughForAll_isTakenInOneGo() {
        product(COFFEE, 5);
        assertThat(taken(new Taking(TEA, 4), new Taking(COFFEE, 5), new Taking(TEA, 6)))
                .containsExactly(of(Answer.TAKEN, 10), of(Answer.TAKEN, 5), of(Answer.TAKEN, 6));
        assertThat(left(TEA)).isZero();
        assertThat(left(COFFEE)).isZero();
    }

    /** First come, first served; who wants too much gets nothing, and the next has his turn. */
    @Test
    void scarceStock_goesToThoseWhoCameFirst_andToTheSmallerBehindOneThatIsTooLarge() {
        product(COFFEE, 5);
        assertThat(taken(
                        new Taking(TEA, 4),
                        new Taking(TEA, 7),
                        new Taking(COFFEE, 1),
                        new Taking(TEA, 6),
                        new Taking(TEA, 1)))
                .containsExactly(
                        of(Answer.TAKEN, 10),
                        of(Answer.OUT_OF_STOCK, 6),
                        of(Answer.TAKEN, 5),
                        of(Answer.TAKEN, 6),
                        of(Answer.OUT_OF_STOCK, 0));
        assertThat(left(TEA)).isZero();
        assertThat(left(COFFEE)).isEqualTo(4);
    }

    @Test
    void productThatIsNotThere_harmsNobody() {
        assertThat(taken(new Taking(COFFEE, 1), new Taking(TEA, 11), new Taking(TEA, 10)))
                .containsExactly(of(Answer.UNKNOWN_PRODUCT, 0), of(Answer.OUT_OF_STOCK, 10), of(Answer.TAKEN, 10));
        assertThat(left(TEA)).isZero();
    }

    @Test
    void nothingThatCanBeTaken_changesNothing() {
        assertThat(taken(new Taking(COFFEE, 1), new Taking(TEA, 11)))
                .containsExactly(of(Answer.UNKNOWN_PRODUCT, 0), of(Answer.OUT_OF_STOCK, 10));
        assertThat(left(TEA)).isEqualTo(10);
    }

    /** More pieces together than an int holds must not come out as few. */
    @Test
    void sumOfManyLargeOrders_isNoOverflow() {
        Taking huge = new Taking(TEA, Integer.MAX_VALUE);
        assertThat(taken(huge, huge, huge, new Taking(TEA, 10)))
                .endsWith(of(Answer.TAKEN, 10))
                .filteredOn(result -> result.answer() == Answer.OUT_OF_STOCK)
                .hasSize(3);
        assertThat(left(TEA)).isZero();
    }

    /**
     * Scenario: somebody has one of three products. Expected: who wants all three has locked what is before it, and nothing behind it, in whatever
     * order his customers came, and though an index would give the rows otherwise.
     */
    @Test
    void locks_areTakenByAscendingProduct() throws Exception {
        product(COFFEE, 5);
        product(CAKE, 5);
        try (LocalTransaction other = PRODUCTS.begin();
                LocalTransaction shared = PRODUCTS.begin()) {
            other.sql().value(lock(COFFEE));
            CompletableFuture<List<Result>> taking = supplyAsync(() -> service(shared)
                    .decreaseNums(List.of(new Taking(CAKE, 1), new Taking(COFFEE, 1), new Taking(TEA, 1))));
            PRODUCTS.awaitWaitingSession();
            assertThat(PRODUCTS.sql().column(lock(CAKE) + " SKIP LOCKED")).hasSize(1);
            assertThat(PRODUCTS.sql().column(lock(TEA) + " SKIP LOCKED")).isEmpty();
            other.commit();
            assertThat(taking.get(10, TimeUnit.SECONDS)).hasSize(3);
            shared.commit();
        }
        assertThat(IntStream.of(TEA, COFFEE, CAKE).map(StockFixtures::left)).containsExactly(9, 4, 4);
    }

    private static String lock(int productId) {
        return "SELECT product_id FROM product WHERE product_id = " + productId + " FOR UPDATE";
    }

    /** Two instances with the same products, each in its own order, both many times: a circle would end in a deadlock's error. */
    @Test
    void twoInstances_neverWaitForEachOtherInACircle() {
        product(COFFEE, 1000);
        product(CAKE, 1000);
        PRODUCTS.sql().execute("UPDATE product SET product_nums = 1000");
        List<Taking> ascending = List.of(new Taking(TEA, 1), new Taking(COFFEE, 1), new Taking(CAKE, 1));
        List<Taking> descending = List.of(new Taking(CAKE, 1), new Taking(COFFEE, 1), new Taking(TEA, 1));
        Stream.of(ascending, descending, ascending, descending)
                .map(takings -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, 50).forEach(i -> taken(takings.toArray(Taking[]::new)))))
                .toList()
                .forEach(CompletableFuture::join);
        assertThat(IntStream.of(TEA, COFFEE, CAKE).map(StockFixtures::left)).containsExactly(800, 800, 800);
    }

    /** Scenario: an order of another instance is undecided for a while. Expected: who waits for it sees what it leaves. */
    @Test
    void taking_waitsForAnotherOrder_andSeesWhatItLeaves() throws Exception {
        try (LocalTransaction order = PRODUCTS.begin()) {
            order.sql().execute("UPDATE product SET product_nums = product_nums - 8");
            order.prepare();
            CompletableFuture<List<Result>> taking =
                    supplyAsync(() -> taken(new Taking(TEA, 1), new Taking(TEA, 3), new Taking(TEA, 1)));
            PRODUCTS.awaitWaitingSession();
            order.commit();
            assertThat(taking.get(10, TimeUnit.SECONDS))
                    .containsExactly(of(Answer.TAKEN, 2), of(Answer.OUT_OF_STOCK, 1), of(Answer.TAKEN, 1));
        }
        assertThat(left(TEA)).isZero();
    }

    /**
     * Scenario: a branch in doubt has a product, and a session would wait for it for a minute. Expected: the others, who share the transaction, are not kept
     * for as long as it lasts.
     */
    @Test
    @Timeout(30)
    void productThatSomebodyKeeps_endsTheTakingAfterASecond() {
        product(COFFEE, 5);
        try (LocalTransaction order = PRODUCTS.begin()) {
            order.sql().execute("UPDATE product SET product_nums = 1 WHERE product_id = " + TEA);
            order.prepare();
            assertThatExceptionOfType(EJBException.class)
                    .isThrownBy(() -> {
                        try (LocalTransaction patient = PRODUCTS.begin()) {
                            patient.sql().execute("SET LOCAL lock_timeout = '1min'");
                            service(patient).decreaseNums(List.of(new Taking(COFFEE, 1), new Taking(TEA, 1)));
                        }
                    })
                    .havingCause()
                    .isInstanceOfSatisfying(SQLException.class, refused -> assertThat(refused.getSQLState())
                            .isEqualTo("55P03"));
        }
        assertThat(left(COFFEE)).isEqualTo(5);
    }
}
