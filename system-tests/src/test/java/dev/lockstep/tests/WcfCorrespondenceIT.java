package dev.lockstep.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.flow.TransactionScope;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.OrderService;
import dev.lockstep.product.boundary.OutOfStockException;
import dev.lockstep.product.boundary.ProductService;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.ejb.EJBTransactionRequiredException;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What each WCF construct does here, row by row of the design's table. The row of MSDTC, the coordinator, is {@link TwoPhaseCommitIT}, which
 * runs these, too: Arquillian starts a server for each class that it runs. The row of its log and recovery is the kill matrix.
 */
abstract class WcfCorrespondenceIT {

    @Inject
    ProductService products;

    @Inject
    OrderService orders;

    @Inject
    TransactionFlowProbe flow;

    @EJB(lookup = "java:module/ProductService")
    ProductService productsByName;

    @Resource
    UserTransaction transaction;

    @Resource(lookup = "jdbc/product")
    DataSource productDataSource;

    @Resource(lookup = "jdbc/orders")
    DataSource ordersDataSource;

    Databases databases;
    int productId;

    @BeforeEach
    void stockTenPieces() throws Exception {
        databases = new Databases(productDataSource, ordersDataSource);
        productId = databases.productOf(10);
    }

    /** {@code [ServiceContract]}, a WCF service: a stateless EJB behind one boundary class. */
    @Test
    void serviceContract_isAStatelessEjbBehindOneClass() throws Exception {
        productsByName.decreaseNum(productId, 1);
        assertThat(databases.stockOf(productId)).isEqualTo(9);
        assertThat(ProductService.class).hasAnnotation(Stateless.class);
        assertThat(OrderService.class).hasAnnotation(Stateless.class);
    }

    /** {@code TransactionScopeRequired=true}: starts a transaction where there is none. */
    @Test
    void scopeRequired_startsATransactionWhereThereIsNone() throws Exception {
        assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
        products.decreaseNum(productId, 4);
        assertThat(databases.stockOf(productId)).isEqualTo(6);
        assertThat(ProductService.class
                        .getAnnotation(TransactionAttribute.class)
                        .value())
                .isEqualTo(TransactionAttributeType.REQUIRED);
    }

    /** {@code TransactionScopeRequired=true}: joins the caller's transaction, and so is undone with it. */
    @Test
    void scopeRequired_joinsTheCallersTransaction() throws Exception {
        UUID orderId = UUID.randomUUID();
        transaction.begin();
        products.decreaseNum(productId, 4);
        orders.addOrder(new NewOrder(orderId, "joined", productId, 4));
        transaction.rollback();
        assertThat(databases.stockOf(productId)).isEqualTo(10);
        assertThat(databases.hasOrder(orderId)).isFalse();
    }

    /** {@code TransactionFlow(Allowed)}. */
    @Test
    void flowAllowed_joinsOrStarts() throws Exception {
        flow.allowed(productId);
        assertThat(databases.stockOf(productId)).isEqualTo(9);
        transaction.begin();
        flow.allowed(productId);
        transaction.rollback();
        assertThat(databases.stockOf(productId)).isEqualTo(9);
    }

    /** {@code TransactionFlow(Allowed)} without {@code TransactionScopeRequired}: joins, but starts nothing. */
    @Test
    void flowAllowedWithoutScope_joinsButStartsNothing() throws Exception {
        assertThat(flow.supports()).isFalse();
        transaction.begin();
        assertThat(flow.supports()).isTrue();
        transaction.rollback();
    }

    /** {@code TransactionFlow(Mandatory)}. */
    @Test
    void flowMandatory_refusesACallerWithoutTransaction() throws Exception {
        assertThatExceptionOfType(EJBTransactionRequiredException.class).isThrownBy(() -> flow.mandatory(productId));
        assertThat(databases.stockOf(productId)).isEqualTo(10);
        transaction.begin();
        flow.mandatory(productId);
        transaction.commit();
        assertThat(databases.stockOf(productId)).isEqualTo(9);
    }

    /** {@code TransactionFlow(NotAllowed)}: the work is not the caller's to undo. */
    @Test
    void flowNotAllowed_worksOutsideTheCallersTransaction() throws Exception {
        transaction.begin();
        flow.notAllowed(productId);
        transaction.rollback();
        assertThat(databases.stockOf(productId)).isEqualTo(9);
    }

    /** {@code TransactionAutoComplete}: commits on return. */
    @Test
    void autoComplete_commitsOnReturn() throws Exception {
        UUID orderId = UUID.randomUUID();
        orders.addOrder(new NewOrder(orderId, "alone", productId, 1));
        assertThat(databases.hasOrder(orderId)).isTrue();
    }

    /** {@code TransactionAutoComplete}: rolls back on an exception that means so. */
    @Test
    void autoComplete_rollsBackOnARollbackException() throws Exception {
        assertThatExceptionOfType(EJBException.class).isThrownBy(() -> flow.failsAfterWork(productId));
        assertThat(databases.stockOf(productId)).isEqualTo(10);

        transaction.begin();
        products.decreaseNum(productId, 1);
        assertThatExceptionOfType(OutOfStockException.class).isThrownBy(() -> products.decreaseNum(productId, 100));
        assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_MARKED_ROLLBACK);
        transaction.rollback();
        assertThat(databases.stockOf(productId)).isEqualTo(10);
    }

    /** {@code TransactionScope} and {@code Complete()}. */
    @Test
    void transactionScope_commitsOnlyWhenComplete() throws Exception {
        try (TransactionScope scope = TransactionScope.required()) {
            products.decreaseNum(productId, 1);
            scope.complete();
        }
        assertThat(databases.stockOf(productId)).isEqualTo(9);
        try (TransactionScope incomplete = TransactionScope.required()) {
            assertThat(incomplete).isNotNull();
            products.decreaseNum(productId, 1);
        }
        assertThat(databases.stockOf(productId)).isEqualTo(9);
        assertThat(transaction.getStatus()).isEqualTo(Status.STATUS_NO_TRANSACTION);
    }

    /** {@code DecreaseNum(productID)} and {@code AddOrder(order)}. */
    @Test
    void decreaseNumAndAddOrder_doWhatTheirNamesSay() throws Exception {
        products.decreaseNum(productId, 3);
        orders.addOrder(new NewOrder(UUID.randomUUID(), "three", productId, 3));
        assertThat(databases.stockOf(productId)).isEqualTo(7);
        assertThat(databases.orderedOf(productId)).isEqualTo(3);
    }

    /** {@code SubmitChanges}: the row is in the database when the call returns, though nobody else sees it yet. */
    @Test
    void submitChanges_isTheFlushOfTheCall() throws Exception {
        UUID orderId = UUID.randomUUID();
        transaction.begin();
        orders.addOrder(new NewOrder(orderId, "flushed", productId, 1));
        assertThat(isSeenInThisTransaction(orderId)).isTrue();
        transaction.rollback();
        assertThat(databases.hasOrder(orderId)).isFalse();
    }

    private boolean isSeenInThisTransaction(UUID orderId) throws Exception {
        try (Connection connection = ordersDataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT 1 FROM customer_order WHERE order_id = '" + orderId + "'")) {
            return row.next();
        }
    }
}
