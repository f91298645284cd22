package dev.lockstep.order.boundary;

import static dev.lockstep.order.ticket.TicketFixtures.COFFEE;
import static dev.lockstep.order.ticket.TicketFixtures.ORDERS;
import static dev.lockstep.order.ticket.TicketFixtures.TEA;
import static dev.lockstep.order.ticket.TicketFixtures.failed;
import static dev.lockstep.order.ticket.TicketFixtures.given;
import static dev.lockstep.order.ticket.TicketFixtures.refused;
import static dev.lockstep.order.ticket.TicketFixtures.served;
import static dev.lockstep.order.ticket.TicketFixtures.writtenOrders;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.order.control.SqlState;
import dev.lockstep.order.entity.CustomerOrder;
import dev.lockstep.order.ticket.TicketReason;
import dev.lockstep.testing.LocalTransaction;
import jakarta.persistence.NamedNativeQuery;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The SQL that JPA carries to the orders database for the order service, without JPA. */
class OrderServiceSqlTest {

    private static final UUID ORDER = UUID.fromString("6f1f3c9e-51b4-4a65-bb0f-6a3f4c1f5f10");

    @BeforeEach
    void nothingIsLeft() {
        ORDERS.empty();
    }

    @Test
    void totals_ofNothing_areZero() {
        assertThat(totals()).isEqualTo("(0,0,0,0)");
    }

    /** Each ticket of these tests is for two pieces. */
    @Test
    void totals_tellOrdersAndTicketsApart() {
        ORDERS.sql().execute(order(ORDER, 5));
        given(TEA, TEA);
        served();
        given(COFFEE);
        refused(TicketReason.outOfStock(0));
        failed(TEA);
        given(TEA, COFFEE, TEA);
        assertThat(totals()).as("ordered, by ticket, unended, sold out").isEqualTo("(9,4,8,2)");
    }

    @Test
    void preparedOrder_isCountedAsUndecided_untilItIsCommitted() {
        String undecided = sql(CustomerOrder.UNDECIDED);
        try (LocalTransaction ordering = ORDERS.begin()) {
            ordering.sql().execute(order(ORDER, 5));
            assertThat(ORDERS.sql().value(undecided)).isEqualTo("0");
            ordering.prepare();
            assertThat(ORDERS.sql().value(undecided)).isEqualTo("1");
            assertThat(totals()).isEqualTo("(0,0,0,0)");
            ordering.commit();
        }
        assertThat(ORDERS.sql().value(undecided)).isEqualTo("0");
        assertThat(totals()).isEqualTo("(5,0,0,0)");
    }

    /** A coordinator that died prepared leaves a row that no read can see. */
    @Test
    void preparedOrder_isFoundByAnInsertOfTheSameKey() {
        try (LocalTransaction ordering = ORDERS.begin()) {
            ordering.sql().execute(order(ORDER, 5));
            ordering.prepare();
            assertThat(isUndecided(ORDER)).isTrue();
            assertThat(isUndecided(UUID.randomUUID())).isFalse();
        }
        assertThat(isUndecided(ORDER)).isFalse();
        ORDERS.sql().execute(order(ORDER, 5));
        assertThat(isUndecided(ORDER)).isFalse();
        assertThat(writtenOrders()).containsExactly(ORDER.toString());
    }

    /** Only then the insert is tried at all. */
    @Test
    void whoeverWritesAnOrder_isCountedUntilItsOutcomeIsKnown() {
        String writers = sql(CustomerOrder.WRITERS);
        try (LocalTransaction reading = ORDERS.begin();
                LocalTransaction ordering = ORDERS.begin()) {
            reading.sql().value("SELECT count(*) FROM customer_order");
            assertThat(ORDERS.sql().value(writers)).isEqualTo("0");
            ordering.sql().execute(order(ORDER, 5));
            assertThat(ORDERS.sql().value(writers)).isEqualTo("1");
            ordering.prepare();
            assertThat(ORDERS.sql().value(writers)).isEqualTo("1");
            ordering.commit();
        }
        assertThat(ORDERS.sql().value(writers)).isEqualTo("0");
    }

    /** As {@link OrderService#isUndecided} does it. */
    private static boolean isUndecided(UUID orderId) {
        try (LocalTransaction asking = ORDERS.begin();
                Connection connection = asking.dataSource().getConnection();
                PreparedStatement bound = connection.prepareStatement(sql(CustomerOrder.BOUND_LOCK_WAIT));
                PreparedStatement probe = connection.prepareStatement(sql(CustomerOrder.PROBE))) {
            bound.execute();
            probe.setObject(1, orderId);
            probe.executeUpdate();
            return false;
        } catch (SQLException e) {
            assertThat(SqlState.LOCK_NOT_AVAILABLE.isReasonOf(e)).as("%s", e).isTrue();
            assertThat(SqlState.UNIQUE_VIOLATION.isReasonOf(e)).isFalse();
            return true;
        }
    }

    /** Who paces the sum by the time it takes must not have it done by others at the same time. */
    @Test
    void totals_takeNoParallelWorker_evenWhereTheyCostNothing() {
        try (LocalTransaction session = ORDERS.begin()) {
            session.likesParallelWorkers();
            assertThat(session.sql().column("EXPLAIN SELECT sum(quantity) FROM customer_order"))
                    .as("another sum")
                    .anyMatch(step -> step.contains("Gather"));
            assertThat(session.sql().column("EXPLAIN " + sql(CustomerOrder.TOTALS)))
                    .noneMatch(step -> step.contains("Gather"));
        }
    }

    private static String totals() {
        return ORDERS.sql().value("SELECT totals::text FROM (" + sql(CustomerOrder.TOTALS) + ") AS totals");
    }

    private static String sql(String name) {
        return Stream.of(CustomerOrder.class.getAnnotationsByType(NamedNativeQuery.class))
                .filter(query -> query.name().equals(name))
                .findFirst()
                .orElseThrow()
                .query();
    }

    private static String order(UUID orderId, int quantity) {
        return "INSERT INTO customer_order (order_id, order_name, create_time, product_id, quantity) VALUES ('"
                + orderId + "', 'an order', now(), 1, " + quantity + ")";
    }
}
