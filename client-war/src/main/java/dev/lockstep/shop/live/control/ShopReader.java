package dev.lockstep.shop.live.control;

import dev.lockstep.order.boundary.OrderTotals;
import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.product.boundary.StockItem;
import dev.lockstep.product.boundary.StockTotals;
import dev.lockstep.shop.services.Orders;
import dev.lockstep.shop.services.Products;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads the shop from both services: what is shown of it, and apart from that the sum, in the order that a {@link Reading} asks for. */
@ApplicationScoped
public class ShopReader {

    private static final Logger LOG = System.getLogger(ShopReader.class.getName());

    private static final String PRODUCT = "product";
    private static final String ORDERS = "orders";
    private static final int ORDERS_SHOWN = 20;
    private static final int ORDERS_READ = 200;

    private final Products products;
    private final Orders orders;

    private volatile String asked = PRODUCT;

    protected ShopReader() {
        this(null, null);
    }

    /**
     * The constructor the container uses.
     *
     * @param products the product service
     * @param orders the order service
     */
    @Inject
    public ShopReader(Products products, Orders orders) {
        this.products = products;
        this.orders = orders;
    }

    /** {@return the database that is being asked, or was asked last} */
    String asked() {
        return asked;
    }

    /**
     * Reads all but the sum, of what answers; waits for what does not. What it costs does not grow with the shop.
     *
     * @param known what is known until now
     * @return what is known then
     */
    ShopState read(ShopState known) {
        Map<String, Instant> away = new TreeMap<>();
        boolean hasOthers = known.knownShelf().filter(Shelf::hasMore).isPresent();
        int read = hasOthers ? ORDERS_READ : ORDERS_SHOWN;
        Optional<List<PlacedOrder>> last = ask(ORDERS, () -> orders.newestOrders(read), known, away);
        // Read after the orders, so that what they are of is there.
        Optional<Shelf> shelf = ask(PRODUCT, () -> shelf(last.orElse(List.of())), known, away);
        return new ShopState(
                shelf.orElse(known.shelf()), last.map(ShopReader::shown).orElse(known.orders()), known.books(), away);
    }

    private static List<PlacedOrder> shown(List<PlacedOrder> last) {
        return last.stream().limit(ORDERS_SHOWN).toList();
    }

    private Shelf shelf(List<PlacedOrder> last) {
        List<StockItem> read = products.page(Integer.MIN_VALUE, Shelf.FIRST_MAX + 1);
        if (read.size() <= Shelf.FIRST_MAX) {
            return new Shelf(read, false, List.of());
        }
        List<StockItem> first = read.subList(0, Shelf.FIRST_MAX);
        int lastOfFirst = first.get(Shelf.FIRST_MAX - 1).productId();
        Set<Integer> others = last.stream()
                .map(PlacedOrder::productId)
                .filter(productId -> productId > lastOfFirst)
                .collect(Collectors.toSet());
        return new Shelf(List.copyOf(first), true, others.isEmpty() ? List.of() : products.these(others));
    }

    /**
     * Reads the sum, from both databases one after the other, which takes time in proportion to the number of orders.
     *
     * @return the reading
     * @throws EJBException if a database does not answer
     */
    Reading readSum() {
        OrderTotals before = orders.totals();
        StockTotals stock = products.totals();
        return new Reading(before, stock, orders.totals());
    }

    /** One that has not answered just now is not asked again in the same reading: each time may take a minute. */
    private <T> Optional<T> ask(String database, Supplier<T> question, ShopState known, Map<String, Instant> away) {
        if (away.containsKey(database)) {
            return Optional.empty();
        }
        Instant since = Instant.now();
        asked = database;
        try {
            return Optional.of(question.get());
        } catch (EJBException e) {
            LOG.log(
                    known.away().containsKey(database) ? Level.DEBUG : Level.WARNING,
                    "The " + database + " database does not answer",
                    e);
            away.put(database, known.away().getOrDefault(database, since));
            return Optional.empty();
        }
    }
}
