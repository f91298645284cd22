package dev.lockstep.tests.killmatrix;

import dev.lockstep.tests.Healed;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
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

/** Many customers at once, and the reckoning afterwards: what each was told against what both databases say. */
final class Shop {

    private static final int PRODUCTS = 8;
    private static final int STOCK = 500_000_000;
    private static final Duration LAST_ANSWER_LIMIT = Duration.ofSeconds(90);

    /** No two shops sell the same. */
    private static final AtomicInteger NEXT_PRODUCT = new AtomicInteger(1_000_001);

    private final Installation system;
    private final List<Integer> products = IntStream.generate(NEXT_PRODUCT::getAndIncrement)
            .limit(PRODUCTS)
            .boxed()
            .toList();
    private final List<Shopper> shoppers = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    Shop(Installation system) throws SQLException {
        this.system = system;
        for (int product : products) {
            system.productBooks().stock(product, STOCK);
        }
    }

    /** Lets customers in. */
    void open(int customers, Client orders, Client questions, long seed) {
        products.forEach(orders::awaitKnown);
        for (int i = 0; i < customers; i++) {
            Shopper shopper = new Shopper(orders, questions, products, seed + i);
            shoppers.add(shopper);
            threads.execute(shopper);
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
            long taken = STOCK - system.productBooks().stockOf(product);
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
