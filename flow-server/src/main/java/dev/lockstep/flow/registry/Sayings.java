package dev.lockstep.flow.registry;

import java.util.LinkedHashMap;
import java.util.Map;

/** What the log has had of a flow, so that what is tried again and again is told once. The latest few sentences. Thread-safe. */
final class Sayings {

    private static final int MAX = 64;

    private final Map<String, Boolean> said = new LinkedHashMap<>();

    /** {@return whether it is new, or so long ago that others came since} */
    synchronized boolean add(String sentence) {
        boolean isNew = said.remove(sentence) == null;
        said.put(sentence, true);
        if (said.size() > MAX) {
            said.remove(said.keySet().iterator().next());
        }
        return isNew;
    }
}
