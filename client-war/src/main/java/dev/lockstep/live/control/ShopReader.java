package dev.lockstep.live.control;

import dev.lockstep.order.boundary.OrderService;
import dev.lockstep.order.boundary.OrderTotals;
import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.product.boundary.ProductService;
import dev.lockstep.product.boundary.StockItem;
import dev.lockstep.product.boundary.StockTotals;
import jakarta.ejb.EJB;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.ApplicationScoped;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Reads the shop from both services, in the order that a {@link Reading} asks for. */
@ApplicationScoped
public class ShopReader {

    private static final Logger LOG = System.getLogger(ShopReader.class.getName());

    private static final String PRODUCT = "product";
    private static final String ORDERS = "orders";
    private static final int ORDERS_SHOWN = 20;

    @EJB // not @Inject, for the reason told in OrdersServlet
    ProductService products;

    @EJB
    OrderService orders;

    private volatile String asked = PRODUCT;

    /** {@return the database that is being asked, or was asked last} */
    String asked() {
        return asked;
    }

    /**
     * Reads all that answers; waits for what does not.
     *
     * @param known what is known until now
     * @return what is known then
     */
    ShopState read(ShopState known) {
        Map<String, Instant> away = new TreeMap<>();
        Optional<OrderTotals> before = ask(ORDERS, orders::totals, known, away);
        Optional<StockTotals> stock = ask(PRODUCT, products::totals, known, away);
        Optional<List<StockItem>> items = ask(PRODUCT, products::products, known, away);
        Optional<OrderTotals> after = ask(ORDERS, orders::totals, known, away);
        Optional<List<PlacedOrder>> newest = ask(ORDERS, () -> orders.newestOrders(ORDERS_SHOWN), known, away);
        boolean isWhole = before.isPresent() && stock.isPresent() && after.isPresent();
        return new ShopState(
                items.orElse(known.products()),
                newest.orElse(known.orders()),
                isWhole ? books(known, new Reading(before.get(), stock.get(), after.get())) : known.books(),
                away);
    }

    private static Books books(ShopState known, Reading reading) {
        return known.knownBooks().map(books -> books.next(reading)).orElseGet(() -> Books.opened(reading));
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
