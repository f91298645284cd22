package dev.lockstep.live.control;

import dev.lockstep.client.control.ServiceJson;
import dev.lockstep.watch.control.OrderNames;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;

/** The shop as JSON; what is not known is left out. */
final class ShopJson {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private ShopJson() {}

    static JsonObject of(ShopState shop, OrderNames names) {
        JsonObjectBuilder json = JSON.createObjectBuilder();
        shop.knownProducts().ifPresent(products -> json.add("products", ServiceJson.products(products)));
        shop.knownOrders().ifPresent(orders -> json.add("orders", ServiceJson.orders(orders, names)));
        shop.knownBooks().ifPresent(books -> json.add("books", books(books)));
        JsonArrayBuilder away = JSON.createArrayBuilder();
        shop.away()
                .forEach((database, since) -> away.add(
                        JSON.createObjectBuilder().add("database", database).add("since", since.toString())));
        return json.add("away", away).build();
    }

    private static JsonObjectBuilder books(Books books) {
        return JSON.createObjectBuilder()
                .add("initial", books.initial())
                .add("stock", books.stock())
                .add("ordered", books.ordered())
                .add("inFlight", books.inFlight())
                .add("forTickets", books.forTickets())
                .add("missing", books.missing());
    }
}
