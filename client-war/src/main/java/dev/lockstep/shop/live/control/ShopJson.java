package dev.lockstep.shop.live.control;

import dev.lockstep.product.boundary.StockItem;
import dev.lockstep.shop.live.control.ShopState.ReadBooks;
import dev.lockstep.shop.order.ServiceJson;
import dev.lockstep.web.stream.OrderNames;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The shop as JSON: what is not known is left out, and so is what the listener knows. */
final class ShopJson {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());
    private static final Shelf EMPTY = new Shelf(List.of(), false, List.of());

    private ShopJson() {}

    /** All that is known. */
    static JsonObject of(ShopState shop, OrderNames names) {
        return news(ShopState.UNKNOWN, shop, names);
    }

    /** Whether who knows the shop as it was must be told anything. */
    static boolean hasNews(ShopState before, ShopState now) {
        return news(before, now, OrderNames.MASKED).size() > 1 || !now.away().equals(before.away());
    }

    /** What one must be told who knows the shop as it was. */
    static JsonObject news(ShopState before, ShopState now, OrderNames names) {
        JsonObjectBuilder json = JSON.createObjectBuilder();
        now.knownShelf().ifPresent(shelf -> addShelf(json, before.shelf(), shelf));
        now.knownOrders()
                .filter(orders -> !orders.equals(before.orders()))
                .ifPresent(orders -> json.add("orders", ServiceJson.orders(orders, names)));
        now.knownBooks()
                .filter(books -> !books.equals(before.books()))
                .ifPresent(books -> json.add("books", books(books)));
        return json.add("away", away(now.away())).build();
    }

    /** The list itself is told even if it is empty, but only once. */
    private static void addShelf(JsonObjectBuilder json, Shelf before, Shelf now) {
        Shelf known = before == null ? EMPTY : before;
        List<StockItem> changed = newOnes(now.first(), known.first());
        if (before == null || !changed.isEmpty()) {
            json.add("products", ServiceJson.products(changed));
        }
        Set<Integer> gone = ids(known.first());
        gone.removeAll(ids(now.first()));
        if (!gone.isEmpty()) {
            json.add("gone", JSON.createArrayBuilder(gone));
        }
        if (now.hasMore() != known.hasMore()) {
            json.add("moreProducts", now.hasMore());
        }
        List<StockItem> beyond = newOnes(now.others(), known.others());
        if (!beyond.isEmpty()) {
            json.add("others", ServiceJson.products(beyond));
        }
    }

    private static List<StockItem> newOnes(List<StockItem> now, List<StockItem> known) {
        Set<StockItem> old = Set.copyOf(known);
        return now.stream().filter(item -> !old.contains(item)).toList();
    }

    private static Set<Integer> ids(List<StockItem> items) {
        return items.stream().map(StockItem::productId).collect(Collectors.toCollection(HashSet::new));
    }

    private static JsonObjectBuilder books(ReadBooks read) {
        Books books = read.books();
        return JSON.createObjectBuilder()
                .add("initial", books.initial())
                .add("stock", books.stock())
                .add("ordered", books.ordered())
                .add("inFlight", books.inFlight())
                .add("forTickets", books.forTickets())
                .add("missing", books.missing())
                .add("everySeconds", read.everySeconds());
    }

    private static JsonArrayBuilder away(Map<String, Instant> databases) {
        JsonArrayBuilder away = JSON.createArrayBuilder();
        databases.forEach((database, since) ->
                away.add(JSON.createObjectBuilder().add("database", database).add("since", since.toString())));
        return away;
    }
}
