package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.transaction.xa.XAException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Two real databases and a node; after every test nothing is in doubt, no decision is left, and both databases agree. */
abstract class ProtocolFixture {

    private static final Duration HEAL_LIMIT = Duration.ofSeconds(15);
    private static final Duration SOME_ROUNDS = Duration.ofMillis(800);

    RealDatabase productDatabase = RealDatabase.PRODUCT;
    final RealDatabase ordersDatabase = RealDatabase.ORDERS;

    Node node;

    @BeforeEach
    void startNode() throws Exception {
        // A dead node's sessions end when the server notices, and until then they hold its name.
        await(
                "nobody has a name",
                () -> productDatabase.namesHeld().isEmpty()
                        && ordersDatabase.namesHeld().isEmpty());
        productDatabase.clean();
        ordersDatabase.clean();
        node = newNode().withPools();
    }

    Node newNode() {
        return new Node("shop,server,P100");
    }

    @AfterEach
    void nothingIsInDoubt() {
        try {
            node.toProduct.heal();
            node.toOrders.heal();
            await(
                    "nothing prepared",
                    () -> productDatabase.prepared().isEmpty()
                            && ordersDatabase.prepared().isEmpty());
            await(
                    "no decision left",
                    () -> productDatabase.decisions().isEmpty()
                            && ordersDatabase.decisions().isEmpty());
            assertThat(productDatabase.owners()).as("both or neither").isEqualTo(ordersDatabase.owners());
        } finally {
            node.close();
        }
    }

    void assertCommitted(String owner) {
        await(owner + " in the product database", () -> productDatabase.owners().contains(owner));
        await(owner + " in the orders database", () -> ordersDatabase.owners().contains(owner));
    }

    void assertRolledBack() {
        await(
                "nothing prepared",
                () -> productDatabase.prepared().isEmpty()
                        && ordersDatabase.prepared().isEmpty());
        assertThat(productDatabase.owners()).isEmpty();
        assertThat(ordersDatabase.owners()).isEmpty();
    }

    static ThrowableAssertAlternative<XAException> assertXaError(int code, ThrowingCallable action) {
        return org.assertj.core.api.Assertions.assertThatExceptionOfType(XAException.class)
                .isThrownBy(action)
                .satisfies(e -> assertThat(e.errorCode).as(e.getMessage()).isEqualTo(code));
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + HEAL_LIMIT.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(what + " within " + HEAL_LIMIT).isLessThan(deadline);
            try {
                never.await(20, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Passes when time does: what must not happen has had eight rounds to happen in. */
    static void letRoundsPass() {
        try {
            assertThat(new CountDownLatch(1).await(SOME_ROUNDS.toMillis(), TimeUnit.MILLISECONDS))
                    .isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
