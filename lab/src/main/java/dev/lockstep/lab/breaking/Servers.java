package dev.lockstep.lab.breaking;

import dev.lockstep.journal.FlowNews;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts the servers that each kind of message is sent to, flow by flow. Thread-safe. */
final class Servers {

    private final Map<String, List<String>> asked = new HashMap<>();

    /**
     * Tells the number of a message's server.
     *
     * @param news of a message that this server sends
     * @return 1 for the first that is sent such a message in its flow, however often
     */
    synchronized int numberOf(FlowNews news) {
        List<String> servers =
                asked.computeIfAbsent(news.flow() + " " + news.message().kind(), first -> new ArrayList<>());
        String peer = news.message().peer();
        if (!servers.contains(peer)) {
            servers.add(peer);
        }
        return servers.indexOf(peer) + 1;
    }

    /** Begins to count anew. */
    synchronized void forget() {
        asked.clear();
    }
}
