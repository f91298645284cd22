package dev.lockstep.shop.order;

import dev.lockstep.order.boundary.PlacedOrder;
import dev.lockstep.product.boundary.StockItem;
import dev.lockstep.web.stream.OrderNames;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/** The answers of the JSON API, field by field as the design fixes them. */
public final class ServiceJson {

    /** Made once: Json's own methods look for their provider on the class path at every call, a tenth of an order's CPU time. */
    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private ServiceJson() {}

    /**
     * An order, for whoever has its id.
     *
     * @param order the order
     * @return its JSON
     */
    public static JsonObject order(PlacedOrder order) {
        return order(order, OrderNames.SHOWN);
    }

    private static JsonObject order(PlacedOrder order, OrderNames names) {
        return JSON.createObjectBuilder()
                .add("orderId", order.orderId().toString())
                .add("orderName", names.of(order.orderName()))
                .add("createTime", order.createTime().toString())
                .add("productId", order.productId())
                .add("quantity", order.quantity())
                .build();
    }

    /**
     * Orders in the given order.
     *
     * @param orders the orders
     * @param names what the reader sees of their names
     * @return their JSON
     */
    public static JsonArray orders(List<PlacedOrder> orders, OrderNames names) {
        JsonArrayBuilder json = JSON.createArrayBuilder();
        orders.forEach(order -> json.add(order(order, names)));
        return json.build();
    }

    /**
     * Products in the given order.
     *
     * @param products the products
     * @return their JSON
     */
    public static JsonArray products(List<StockItem> products) {
        JsonArrayBuilder json = JSON.createArrayBuilder();
        products.forEach(product -> json.add(JSON.createObjectBuilder()
                .add("productId", product.productId())
                .add("productName", product.productName())
                .add("productNums", product.productNums())
                .add("productInitial", product.productInitial())));
        return json.build();
    }
}
