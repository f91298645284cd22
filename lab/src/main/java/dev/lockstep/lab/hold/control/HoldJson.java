package dev.lockstep.lab.hold.control;

import dev.lockstep.journal.StoryJson;
import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.web.Problem;
import dev.lockstep.web.stream.OrderNames;
import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.sql.SQLException;
import java.util.Map;

/** A hold as JSON. */
public final class HoldJson {

    /** Tells what another reader sees. */
    @FunctionalInterface
    public interface Look {

        /**
         * Looks.
         *
         * @param hold whose rows are looked at
         * @return what is seen now
         * @throws SQLException if a database does not answer
         */
        Reading at(Hold hold) throws SQLException;
    }

    private static final JsonBuilderFactory JSON = Json.createBuilderFactory(Map.of());

    private HoldJson() {}

    /**
     * A hold, with what another reader sees. The state is read first: nobody asks again after a state that ends it.
     *
     * @param hold the hold
     * @param look at its rows
     * @return its JSON
     * @throws SQLException if the look fails
     */
    public static JsonObject of(Hold hold, Look look) throws SQLException {
        HoldState state = hold.state();
        Reading reading = look.at(hold);
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
        hold.story()
                .map(story -> StoryJson.of(story, OrderNames.SHOWN)) // holds are for operators
                .ifPresent(story -> json.add("transaction", story));
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
