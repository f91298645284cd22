package dev.lockstep.flow.registry;

import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.KnownDatabase;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The databases that were named in a flow. Two clones of one database must not meet in it. Thread-safe. */
final class NamedDatabases {

    private final Map<ParticipantId, String> started = new LinkedHashMap<>();

    /** Tells one that is known with another start, so that it is another server's, or was restarted meanwhile. */
    synchronized Optional<ParticipantId> add(Collection<KnownDatabase> databases) {
        Optional<ParticipantId> twice = Optional.empty();
        for (KnownDatabase database : databases) {
            String known = started.putIfAbsent(database.id(), database.started());
            if (known != null && !known.equals(database.started())) {
                twice = Optional.of(database.id());
            }
        }
        return twice;
    }

    synchronized Set<ParticipantId> ids() {
        return new HashSet<>(started.keySet());
    }

    synchronized Set<KnownDatabase> all() {
        Set<KnownDatabase> all = new HashSet<>();
        started.forEach((id, when) -> all.add(new KnownDatabase(id, when)));
        return all;
    }
}
