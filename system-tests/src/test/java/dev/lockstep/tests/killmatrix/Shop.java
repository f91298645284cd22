package dev.lockstep.tests.killmatrix;

import dev.lockstep.tests.Healed;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Many customers at once, and the reckoning afterwards: what each was told against what both databases say. */
final class Shop {

    private static final int PLENTIFUL = 8;
    private static final int STOCK = 500_000_000;

    /** So few that they are sold out nearly always; not by ticket, since whoever has a ticket is told so later. */
    private static final int SCARCE = 4;

    private static final int DELIVERY = 20;
    private static final Duration SOLD_LIMIT = Duration.ofSeconds(60);
    private static final Duration LAST_ANSWER_LIMIT = Duration.ofSeconds(90);

    /** No two shops sell the same. */
    private static final AtomicInteger NEXT_PRODUCT = new AtomicInteger(1_000_001);

    private final Installation system;
    private final List<Integer> plentiful = newProducts(PLENTIFUL);
    private final List<Integer> scarce = newProducts(SCARCE);
    private final List<Integer> products =
            Stream.concat(plentiful.stream(), scarce.stream()).toList();
    private final Map<Integer, Integer> delivered = new HashMap<>();
    private final List<Shopper> shoppers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Shop(Installation system) throws SQLException {
        this.system = system;
        for (int product : plentiful) {
            system.productBooks().stock(product, STOCK);
            delivered.put(product, STOCK);
        }
        for (int product : scarce) {
            system.productBooks().stock(product, DELIVERY);
            delivered.put(product, DELIVERY);
        }
    }

    private static List<Integer> newProducts(int count) {
        return IntStream.generate(NEXT_PRODUCT::getAndIncrement)
                .limit(count)
                .boxed()
                .toList();
    }

    /** Brings a little of what is sold out, so that customers vie for it again. */
    void deliver() throws SQLException {
        for (int product : scarce) {
            system.productBooks().restock(product, DELIVERY);
            delivered.merge(product, DELIVERY, Integer::sum);
        }
    }

    /** Lets customers in. */
    void open(int customers, Client orders, Client questions, long seed) {
        products.forEach(orders::awaitKnown);
        for (int i = 0; i < customers; i++) {
            Shopper shopper = new Shopper(orders, questions, plentiful, scarce, seed + i);
            shoppers.add(shopper);
            threads.execute(shopper);
        }
    }

    /** Whether customers buy nearly all that is scarce within a minute; they must still be ordering. */
    boolean isSoldOutSoon() {
        return Patience.until(SOLD_LIMIT, () -> scarce.stream().allMatch(this::isSoldOut))
                .isPresent();
    }

    private boolean isSoldOut(int product) {
        try {
            return system.productBooks().stockOf(product) < Shopper.MOST_PIECES;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Lets nobody order any more, and waits for the last answers, so long as they are to be had, and until nothing is in doubt. */
    void close() {
        shoppers.forEach(Shopper::stop);
        threads.shutdown();
        try {
            if (!threads.awaitTermination(LAST_ANSWER_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("A customer waits for an answer for more than " + LAST_ANSWER_LIMIT);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        Patience.until(LAST_ANSWER_LIMIT, () -> shoppers.stream().allMatch(Shopper::isToldAll));
        Patience.until(LAST_ANSWER_LIMIT, this::isEverybodyServed);
        Patience.until(Healed.LIMIT, system::isNothingPrepared);
    }

    private boolean isEverybodyServed() {
        try {
            return system.orderBooks().waitingTickets() == 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How often all of them were answered what. */
    Map<Answer, Integer> answers() {
        Map<Answer, Integer> all = new EnumMap<>(Answer.class);
        shoppers.forEach(
                shopper -> shopper.answers().forEach((answer, count) -> all.merge(answer, count, Integer::sum)));
        return all;
    }

    /** How many orders there are that were not by ticket, and in how many transactions. */
    String sharing() throws SQLException {
        return system.orderBooks().placedOf(products) + " orders in "
                + system.orderBooks().transactionsOf(products) + " transactions";
    }

    /** Whether some orders have shared a transaction. */
    boolean isShared() throws SQLException {
        return system.orderBooks().transactionsOf(products)
                < system.orderBooks().placedOf(products);
    }

    /** All that does not agree, when everybody has gone: K2. */
    List<String> contradictions() throws SQLException {
        List<String> contradictions = new ArrayList<>();
        Set<UUID> written = system.orderBooks().ordersOf(products);
        Set<UUID> known = new HashSet<>();
        for (Shopper shopper : shoppers) {
            contradictions.addAll(shopper.contradictions(written));
            known.addAll(shopper.there());
        }
        written.stream()
                .filter(order -> !known.contains(order))
                .forEach(order -> contradictions.add("written, and nobody was told so: " + order));
        system.orderBooks()
                .ticketsWithoutOrder(products)
                .forEach(ticket -> contradictions.add("never served: " + ticket));
        system.orderBooks()
                .blamedTickets(products)
                .forEach(ticket -> contradictions.add("blamed for an outage: " + ticket));
        for (int product : products) {
            long forTickets = system.productBooks().takenForTicketsOf(product);
            long byTicket = system.orderBooks().orderedByTicketOf(product);
            if (forTickets != byTicket) {
                contradictions.add("tickets of product " + product + ": " + forTickets + " pieces taken, " + byTicket
                        + " ordered");
            }
            long taken = delivered.get(product) - system.productBooks().stockOf(product);
            long ordered = system.orderBooks().orderedOf(product);
            if (taken != ordered) {
                contradictions.add("product " + product + ": " + taken + " pieces taken, " + ordered + " ordered");
            }
        }
        for (Books books : List.of(system.productBooks(), system.orderBooks())) {
            books.prepared().orElseThrow().forEach(gid -> contradictions.add("still prepared: " + gid));
        }
        return contradictions;
    }
}
