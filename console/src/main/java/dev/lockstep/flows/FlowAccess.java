package dev.lockstep.flows;

import dev.lockstep.journal.FlowNews;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The way to this server's flows, in words of the console's own. Thread-safe. */
interface FlowAccess {

    /** There is no module flow-server. */
    FlowAccess NONE = new FlowAccess() {
        @Override
        public JsonObject survey() {
            return Json.createObjectBuilder()
                    .add("on", false)
                    .add("server", "")
                    .add("flows", Json.createArrayBuilder())
                    .add("peers", Json.createArrayBuilder())
                    .build();
        }

        @Override
        public FlowNumbers numbers() {
            return FlowNumbers.NONE;
        }

        @Override
        public CompletionStage<JsonArray> recordsOfOthers(String flow) {
            return CompletableFuture.completedFuture(JsonValue.EMPTY_JSON_ARRAY);
        }

        @Override
        public Optional<String> flowOf(String transaction) {
            return Optional.empty();
        }

        @Override
        public void listen(Consumer<FlowNews> listener) {
            // There is nothing to hear.
        }

        @Override
        public void stopListening() {
            // Nobody listens.
        }
    };

    /** {@return the open flows and the peers, as {@code /api/flows} tells them} */
    JsonObject survey();

    /** {@return the same in numbers} */
    FlowNumbers numbers();

    /** Asks the other servers of a flow for what they have recorded, as {@code /api/flows/{flow}} tells it. */
    CompletionStage<JsonArray> recordsOfOthers(String flow);

    /** Finds the flow of a transaction of this server, or of a decision. */
    Optional<String> flowOf(String transaction);

    /** Lets somebody hear of each message from now on, by the thread that sends or answers it. */
    void listen(Consumer<FlowNews> listener);

    /** Lets nobody hear any more. */
    void stopListening();
}
