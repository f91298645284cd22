package dev.lockstep.flow.observe;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Which flow a transaction or a decision belongs to, of the latest ones: a prepared branch bears the decision's id alone. Thread-safe. */
final class FlowNames {

    private static final int MAX = 10_000;

    private final Map<String, UUID> flows = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, UUID> eldest) {
            return size() > MAX;
        }
    };

    synchronized void learn(FlowEvent event) {
        if (!event.flow().equals(FlowEvent.NO_FLOW)) {
            learn(event.globalId(), event.flow());
            learn(event.decision(), event.flow());
        }
    }

    private void learn(String name, UUID flow) {
        if (!name.isEmpty()) {
            flows.put(name, flow); // a database restored from a copy may repeat names: the latest counts
        }
    }

    synchronized Optional<UUID> of(String name) {
        return Optional.ofNullable(flows.get(name));
    }
}
