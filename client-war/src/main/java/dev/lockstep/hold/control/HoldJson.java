package dev.lockstep.hold.control;

import dev.lockstep.client.control.Problem;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.watch.control.StoryJson;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Map;

/** A hold as JSON. */
public final class HoldJson {

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private HoldJson() {}

    /**
     * A hold, with what another reader sees.
     *
     * @param hold the hold
     * @param state how far it had come before the reading; nobody asks again after the state that ends it
     * @param reading what is seen of its rows
     * @return its JSON
     */
    public static JsonObject of(Hold hold, HoldState state, Reading reading) {
        NewOrder order = hold.order();
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("holdId", hold.id().toString())
                .add("at", hold.at().name())
                .add("state", state.name())
                .add("limitMillis", hold.limit().toMillis())
                .add("leftMillis", hold.left().toMillis())
                .add(
                        "order",
                        JSON.createObjectBuilder()
                                .add("orderId", order.orderId().toString())
                                .add("orderName", order.orderName())
                                .add("productId", order.productId())
                                .add("quantity", order.quantity()))
                .add("reader", reader(reading));
        hold.ending().ifPresent(ending -> json.add("ending", ending.name()));
        hold.problem().map(Problem::json).ifPresent(problem -> json.add("problem", problem));
        hold.story().map(StoryJson::of).ifPresent(story -> json.add("transaction", story));
        return json.build();
    }

    private static JsonObjectBuilder reader(Reading reading) {
        JsonObjectBuilder json = JSON.createObjectBuilder()
                .add("stock", reading.stock().<JsonValue>map(Json::createValue).orElse(JsonValue.NULL))
                .add("isOrderThere", reading.isOrderThere());
        reading.productLock().ifPresent(lock -> json.add("productLock", lock(lock)));
        reading.orderLock().ifPresent(lock -> json.add("orderLock", lock(lock)));
        return json;
    }

    private static JsonObjectBuilder lock(RowLock lock) {
        JsonObjectBuilder json = JSON.createObjectBuilder().add("xid", lock.xid());
        lock.pid().ifPresent(pid -> json.add("pid", pid));
        lock.application().ifPresent(application -> json.add("application", application));
        lock.gid().ifPresent(gid -> json.add("gid", gid));
        return json;
    }
}
