package dev.lockstep.journal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The stories of the latest flows, by the flows' ids: a message may come before its transaction is known here, or after its end. Thread-safe. */
final class RecentFlows {

    private static final int EARLY_MAX = 20;

    private final Map<String, Entry> entries;

    private record Entry(List<Story> stories, List<FlowNews> early) {}

    RecentFlows(int max) {
        entries = new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Entry> eldest) {
                return size() > max;
            }
        };
    }

    /** {@return the story that a message belongs to, if it is known: by its transaction, else the latest of its flow} */
    synchronized Optional<Story> story(FlowNews news) {
        Predicate<Story> isMeant = news.globalId().isEmpty()
                ? any -> true
                : story -> story.globalId().equals(news.globalId());
        return entry(news).stories().stream().filter(isMeant).reduce((first, later) -> later);
    }

    /** Keeps a message until its transaction is known; a server that only asks and never tells keeps few. */
    synchronized void keep(FlowNews news) {
        Entry entry = entry(news);
        if (entry.early().size() < EARLY_MAX) {
            entry.early().add(news);
        }
    }

    /** {@return when the first message of what is kept with this one happened} */
    synchronized Instant began(FlowNews news) {
        return entry(news).early().stream().findFirst().orElse(news).time();
    }

    /**
     * Learns a message's story.
     *
     * @return what is to be told to the story: what was kept, then the message
     */
    synchronized List<FlowNews> of(FlowNews news, Story told) {
        Entry entry = entry(news);
        if (!entry.stories().contains(told)) {
            entry.stories().add(told);
        }
        List<FlowNews> all = new ArrayList<>(entry.early());
        entry.early().clear();
        all.add(news);
        return all;
    }

    synchronized List<Story> stories(String flow) {
        Entry entry = entries.get(flow);
        return entry == null ? List.of() : List.copyOf(entry.stories());
    }

    private Entry entry(FlowNews news) {
        return entries.computeIfAbsent(news.flow(), unknown -> new Entry(new ArrayList<>(), new ArrayList<>()));
    }
}
