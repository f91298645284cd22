package dev.lockstep.journal;

import dev.lockstep.participant.observe.TransactionEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stories of another server's transactions, as it has recorded them. For one thread. */
public final class RecordedStories {

    private final Map<String, Story> stories = new LinkedHashMap<>();

    /**
     * Takes the next message.
     *
     * @param news as that server heard it
     */
    public void add(FlowNews news) {
        story(news.globalId(), news.time()).add(news);
    }

    /**
     * Takes the next step of a branch.
     *
     * @param step as that server took it
     */
    public void add(TransactionEvent step) {
        if (step.kind() != TransactionEvent.Kind.FORGET) { // long after the end
            story(step.globalId(), step.time()).add(step);
        }
    }

    /** A message may come before its transaction has begun: it is told by the next one that is known. */
    private Story story(String globalId, Instant first) {
        if (globalId.isEmpty() && !stories.isEmpty()) {
            return stories.values().iterator().next();
        }
        Story unnamed = globalId.isEmpty() ? null : stories.remove("");
        if (unnamed != null) {
            Story named = new Story(globalId, unnamed.began(), Optional.empty());
            unnamed.tellMessages(named);
            stories.put(globalId, named);
        }
        return stories.computeIfAbsent(globalId, unknown -> new Story(globalId, first, Optional.empty()));
    }

    /** {@return the transactions, in the order in which they began} */
    public List<Story> all() {
        return List.copyOf(stories.values());
    }
}
