package dev.lockstep.shop.live.control;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.OrderTotals;
import dev.lockstep.product.boundary.StockTotals;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Two databases in memory, orders that go through two-phase commit, alone or several in one transaction, and tickets that go through their
 * local transactions, step by step, in an order that chance decides.
 */
final class SimulatedShop {

    private static final int CLIENTS = 4;

    private final Random chance;
    private final List<Order> underWay = new ArrayList<>();
    private final Database product = new Database();
    private final Database orders = new Database();
    private long initial = 1_000_000_000;
    private long unended;
    private long soldOut;

    SimulatedShop(long seed) {
        chance = new Random(seed);
    }

    /** Counts what is committed and what is prepared. */
    private static final class Database {
        private long pieces;
        private long forTickets;
        private int prepared;

        void writeForTickets(int more) {
            pieces += more;
            forTickets += more;
        }
    }

    /** Orders that share a transaction, mostly one, or a ticket, and how far it has come. */
    private static final class Order {
        private final int quantity;
        private final List<Runnable> steps = new ArrayList<>();

        Order(int quantity) {
            this.quantity = quantity;
        }

        void prepare(Database database) {
            steps.add(() -> database.prepared++);
        }

        void commit(Database database) {
            // As in PostgreSQL: a commit can be seen before the branch leaves the list of prepared ones.
            steps.add(() -> database.pieces += quantity);
            steps.add(() -> database.prepared--);
        }

        void rollBack(Database database) {
            steps.add(() -> database.prepared--);
        }
    }

    private Order newOrder() {
        Order order = new Order(chance.nextInt(3) == 0 ? pieces(NewOrder.TOGETHER_MAX) : pieces(1));
        boolean isProductFirst = chance.nextBoolean();
        Database first = isProductFirst ? product : orders;
        Database second = isProductFirst ? orders : product;
        order.prepare(first);
        if (chance.nextInt(8) == 0) { // the second votes no
            order.rollBack(first);
            return order;
        }
        order.prepare(second);
        order.commit(first);
        order.commit(second);
        return order;
    }

    /** Of so many orders at most: small ones, or the largest that there may be. */
    private int pieces(int ordersMax) {
        int largest = chance.nextInt(4) == 0 ? NewOrder.QUANTITY_MAX : 5;
        return (1 + chance.nextInt(ordersMax)) * (1 + chance.nextInt(largest));
    }

    private Order newTicket() {
        Order ticket = new Order(1 + chance.nextInt(5));
        int quantity = ticket.quantity;
        ticket.steps.add(() -> unended += quantity);
        int fate = chance.nextInt(4);
        if (fate == 0) { // there is no stock
            ticket.steps.add(() -> endWithoutOrder(quantity));
            return ticket;
        }
        ticket.steps.add(() -> product.writeForTickets(quantity));
        if (fate == 1) { // it fails, and an operator refuses it
            ticket.steps.add(() -> product.writeForTickets(-quantity));
            ticket.steps.add(() -> endWithoutOrder(quantity));
        } else {
            ticket.steps.add(() -> {
                unended -= quantity;
                orders.writeForTickets(quantity);
            });
        }
        return ticket;
    }

    private void endWithoutOrder(int quantity) {
        unended -= quantity;
        soldOut += quantity;
    }

    /** Lets a few things happen. */
    void goOn() {
        for (int steps = chance.nextInt(12); steps > 0; steps--) {
            if (underWay.size() < CLIENTS) {
                underWay.add(chance.nextBoolean() ? newOrder() : newTicket());
            }
            step(underWay.get(chance.nextInt(underWay.size())));
        }
    }

    /** Ends what is under way. */
    void calmDown() {
        while (!underWay.isEmpty()) {
            step(underWay.get(0));
        }
    }

    private void step(Order order) {
        order.steps.remove(0).run();
        if (order.steps.isEmpty()) {
            underWay.remove(order);
        }
    }

    /** Takes pieces behind the orders' back. */
    void steal(int pieces) {
        product.pieces += pieces;
    }

    /** Loses pieces that were ordered by tickets. */
    void loseTicketOrders(int pieces) {
        orders.writeForTickets(-pieces);
    }

    void restock(int pieces) {
        initial += pieces;
    }

    /** Reads as the application does, while {@code meanwhile} happens between any two statements. */
    Reading read(Runnable meanwhile) {
        OrderTotals before = orderTotals(meanwhile);
        meanwhile.run();
        int undecided = product.prepared;
        meanwhile.run();
        StockTotals stock = new StockTotals(initial, initial - product.pieces, product.forTickets, undecided);
        meanwhile.run();
        return new Reading(before, stock, orderTotals(meanwhile));
    }

    private OrderTotals orderTotals(Runnable meanwhile) {
        int undecided = orders.prepared;
        meanwhile.run();
        return new OrderTotals(orders.pieces, orders.forTickets, unended, soldOut, undecided);
    }
}
