package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.flow.TransactionAbortedException;
import dev.lockstep.flow.TransactionScope;
import dev.lockstep.order.boundary.DuplicateOrderException;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.participant.observe.Subject;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionListener;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.product.boundary.OutOfStockException;
import dev.lockstep.product.boundary.UnknownProductException;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.transaction.Status;
import jakarta.transaction.TransactionManager;
import java.sql.Connection;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.container.annotation.ArquillianTest;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both databases commit, or neither, whichever service or database fails and when; and it is two-phase commit that does it. */
@ArquillianTest
class TwoPhaseCommitIT extends WcfCorrespondenceIT {

    private static final Duration TIMEOUT_LIMIT = Duration.ofSeconds(30);
    private static final Duration POOL_LIMIT = Duration.ofSeconds(20);

    @Resource(lookup = "java:appserver/TransactionManager")
    TransactionManager transactionManager;

    @Resource
    ManagedExecutorService otherThread;

    private NewOrder order;

    @Deployment
    static WebArchive deployment() {
        return Deployments.clientWar(
                WcfCorrespondenceIT.class,
                TransactionFlowProbe.class,
                Backends.class,
                Databases.class,
                PreparedBranchesWitness.class);
    }

    @BeforeEach
    void orderTwoOfThem() {
        order = new NewOrder(UUID.randomUUID(), "two of ten", productId, 2);
    }

    @AfterEach
    void nothingIsInDoubt() throws Exception {
        assertThat(databases.prepared()).isZero();
    }

    @Test
    void commitReachesBothDatabases() throws Exception {
        try (TransactionScope scope = TransactionScope.required()) {
            products.decreaseNum(productId, order.quantity());
            orders.addOrder(order);
            scope.complete();
        }
        assertBothCommitted();
    }

    @Test
    void commitReachesBothDatabases_whicheverServiceIsCalledFirst() throws Exception {
        try (TransactionScope scope = TransactionScope.required()) {
            orders.addOrder(order);
            products.decreaseNum(productId, order.quantity());
            scope.complete();
        }
        assertBothCommitted();
    }

    /** The proof that it is XA: between the phases each database holds one prepared branch of the transaction. */
    @Test
    void bothBranchesArePreparedBetweenThePhases() throws Exception {
        AtomicInteger stockSeenByOthers = new AtomicInteger();
        PreparedBranchesWitness witness = new PreparedBranchesWitness(databases, otherThread, () -> {});
        transaction.begin();
        products.decreaseNum(productId, order.quantity());
        orders.addOrder(order);
        transactionManager.getTransaction().enlistResource(witness);
        stockSeenByOthers.set(
                otherThread.submit(() -> databases.stockOf(productId)).get());
        transaction.commit();

        assertThat(stockSeenByOthers).hasValue(10);
        assertThat(witness.productBranches()).hasSize(1);
        assertThat(witness.ordersBranches()).hasSize(1);
        assertThat(witness.productBranches()).isNotEqualTo(witness.ordersBranches());
        assertBothCommitted();
    }

    /**
     * Scenario: a transaction that no database joins has a subject; the next one of this thread gets one after its first work. Expected
     * outcome: the first subject is gone with its transaction, the second is heard with the next step; none without a transaction.
     */
    @Test
    void subject_isOfThisTransactionAlone() throws Exception {
        Subject gone = new Subject("gone", "", Map.of());
        Subject two = new Subject(order.orderId().toString(), order.orderName(), Map.of("quantity", "2"));
        Thread placing = Thread.currentThread();
        Queue<TransactionEvent> heard = new ConcurrentLinkedQueue<>();
        TransactionListener listener = event -> {
            if (Thread.currentThread().equals(placing)) {
                heard.add(event);
            }
        };
        Transactions.listen(listener);
        try {
            try (TransactionScope scope = TransactionScope.required()) {
                Transactions.about(gone);
                scope.complete();
            }
            try (TransactionScope scope = TransactionScope.required()) {
                products.decreaseNum(productId, order.quantity());
                Transactions.about(two);
                Transactions.about(two);
                orders.addOrder(order);
                scope.complete();
            }
        } finally {
            Transactions.stopListening(listener);
        }
        assertThat(heard)
                .extracting(event -> event.kind() + " " + event.moment() + " " + event.participant() + event.subjects())
                .startsWith(
                        "START BEFORE product[]",
                        "START AFTER product[]",
                        "START BEFORE orders[Subject[" + two.id() + "]]")
                .endsWith("COMMIT AFTER orders[Subject[" + two.id() + "]]");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> Transactions.about(gone))
                .withMessageContaining("gone");
    }

    /** A participant that votes no when both databases are prepared already rolls both back. */
    @Test
    void lastVoteNo_rollsBackPreparedBranches() throws Exception {
        PreparedBranchesWitness refusing = new PreparedBranchesWitness(databases, otherThread, () -> {
            throw new IllegalStateException("votes no");
        });
        TransactionScope scope = TransactionScope.required();
        products.decreaseNum(productId, order.quantity());
        orders.addOrder(order);
        transactionManager.getTransaction().enlistResource(refusing);
        scope.complete();
        assertThatExceptionOfType(TransactionAbortedException.class).isThrownBy(scope::close);

        assertThat(refusing.productBranches()).hasSize(1);
        assertThat(refusing.ordersBranches()).hasSize(1);
        assertNeitherCommitted();
    }

    @Test
    void outOfStock_rollsTheOrderBack() throws Exception {
        assertThatExceptionOfType(OutOfStockException.class).isThrownBy(() -> {
            try (TransactionScope scope = TransactionScope.required()) {
                orders.addOrder(order);
                products.decreaseNum(productId, 11);
                scope.complete();
            }
        });
        assertNeitherCommitted();
    }

    @Test
    void unknownProduct_rollsTheOrderBack() throws Exception {
        assertThatExceptionOfType(UnknownProductException.class).isThrownBy(() -> {
            try (TransactionScope scope = TransactionScope.required()) {
                orders.addOrder(order);
                products.decreaseNum(-1, 1);
                scope.complete();
            }
        });
        assertNeitherCommitted();
    }

    @Test
    void duplicateOrder_givesTheStockBack() throws Exception {
        orders.addOrder(order);
        assertThatExceptionOfType(DuplicateOrderException.class).isThrownBy(() -> {
            try (TransactionScope scope = TransactionScope.required()) {
                products.decreaseNum(productId, order.quantity());
                orders.addOrder(order);
                scope.complete();
            }
        });
        assertThat(databases.stockOf(productId)).isEqualTo(10);
    }

    @Test
    void callerFailsAfterTheFirstCall_rollsItBack() throws Exception {
        failAfter(() -> products.decreaseNum(productId, order.quantity()));
        assertNeitherCommitted();
        failAfter(() -> orders.addOrder(order));
        assertNeitherCommitted();
    }

    @Test
    void callerFailsAfterBothCalls_rollsBothBack() throws Exception {
        failAfter(() -> {
            products.decreaseNum(productId, order.quantity());
            orders.addOrder(order);
        });
        assertNeitherCommitted();
    }

    @Test
    void productConnectionLostBeforeCommit_rollsTheOrderBack() throws Exception {
        loseConnectionBeforeCommit(productDataSource);
        assertNeitherCommitted();
    }

    @Test
    void ordersConnectionLostBeforeCommit_givesTheStockBack() throws Exception {
        loseConnectionBeforeCommit(ordersDataSource);
        assertNeitherCommitted();
    }

    /** A listener to statements costs a proxy for each connection and statement, and Payara's own does nothing with what it hears. */
    @ParameterizedTest
    @ValueSource(strings = {"product", "orders"})
    void connections_areNotWrappedForListeners(String name) throws Exception {
        try (Connection connection = (name.equals("product") ? productDataSource : ordersDataSource).getConnection()) {
            assertThat(connection.getClass().getSimpleName()).isEqualTo("ConnectionWrapper40");
        }
    }

    /** Scenario: all connections that nobody uses are found broken while an order is at work. Expected outcome: the order does not notice. */
    @Test
    void brokenConnectionsInThePool_areNotTheEndOfThoseInUse() throws Exception {
        TransactionScope scope = TransactionScope.required();
        products.decreaseNum(productId, order.quantity());
        orders.addOrder(order);
        int inUse = Backends.of(productDataSource);
        otherThread
                .submit(() -> Backends.terminateAllBut(productDataSource, inUse))
                .get();
        long deadline = System.nanoTime() + POOL_LIMIT.toNanos();
        while (!otherThread
                .submit(() -> Backends.areAliveInThePoolOf(productDataSource))
                .get()) {
            assertThat(System.nanoTime()).as("the pool is renewed in time").isLessThan(deadline);
        }
        scope.complete();
        scope.close();
        assertBothCommitted();
    }

    /** Scenario: the scope's time is over while it is at work. Expected outcome: nothing of it is written. */
    @Test
    void timeoutInMidWork_rollsBothBack_andTheNextOrderGoesThrough() throws Exception {
        TransactionScope scope = TransactionScope.required(Duration.ofSeconds(1));
        products.decreaseNum(productId, order.quantity());
        orders.addOrder(order);
        awaitEndOfTime();
        scope.complete();
        assertThatExceptionOfType(TransactionAbortedException.class).isThrownBy(scope::close);
        assertNeitherCommitted();
        commitReachesBothDatabases();
    }

    private void awaitEndOfTime() throws Exception {
        long deadline = System.nanoTime() + TIMEOUT_LIMIT.toNanos();
        while (transaction.getStatus() == Status.STATUS_ACTIVE) {
            assertThat(System.nanoTime()).as("marked for rollback in time").isLessThan(deadline);
            assertThat(new CountDownLatch(1).await(20, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    /** Scenario: the connection to one database is lost when both branches are prepared. Expected outcome: a yes, told at once. */
    @ParameterizedTest
    @ValueSource(strings = {"product", "orders"})
    void connectionLostBetweenThePhases_isAYesNevertheless(String victim) throws Exception {
        DataSource lost = victim.equals("product") ? productDataSource : ordersDataSource;
        TransactionScope scope = TransactionScope.required();
        products.decreaseNum(productId, order.quantity());
        orders.addOrder(order);
        int backend = Backends.of(lost);
        transactionManager
                .getTransaction()
                .enlistResource(
                        new PreparedBranchesWitness(databases, otherThread, () -> terminateElsewhere(lost, backend)));
        scope.complete();
        scope.close();

        assertBothCommitted();
        assertThat(orders.isUndecided(order.orderId())).isFalse();
    }

    private void terminateElsewhere(DataSource victim, int backend) {
        try {
            otherThread.submit(() -> Backends.terminate(victim, backend)).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void failAfter(Runnable work) {
        assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> {
            try (TransactionScope scope = TransactionScope.required()) {
                work.run();
                fail();
                scope.complete();
            }
        });
    }

    private static void fail() {
        throw new ArithmeticException("the caller fails");
    }

    /** Ends the server process that holds the branch's work, from another connection, before the commit. */
    private void loseConnectionBeforeCommit(DataSource victim) throws Exception {
        TransactionScope scope = TransactionScope.required();
        products.decreaseNum(productId, order.quantity());
        orders.addOrder(order);
        int backend = Backends.of(victim);
        assertThat(otherThread.submit(() -> Backends.terminate(victim, backend)).get())
                .isTrue();
        scope.complete();
        assertThatExceptionOfType(TransactionAbortedException.class).isThrownBy(scope::close);
    }

    private void assertBothCommitted() throws Exception {
        assertThat(databases.stockOf(productId)).isEqualTo(10 - order.quantity());
        assertThat(databases.hasOrder(order.orderId())).isTrue();
    }

    private void assertNeitherCommitted() throws Exception {
        assertThat(databases.stockOf(productId)).isEqualTo(10);
        assertThat(databases.hasOrder(order.orderId())).isFalse();
    }
}
