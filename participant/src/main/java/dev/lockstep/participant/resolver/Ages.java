package dev.lockstep.participant.resolver;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.database.Decision;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * How long decision rows have been seen here, by this process's own clock, which nobody can set: a database's clock that steps forward
 * would make every row old at once. For one thread.
 */
final class Ages {

    private final LongSupplier nanoTime;
    private final Map<ParticipantId, Map<GlobalId, Long>> firstSeen = new HashMap<>();

    Ages() {
        this(System::nanoTime);
    }

    Ages(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Tells which rows nobody may ask for any more, whatever has become of their coordinators.
     *
     * @param database where they are
     * @param rows those just read there
     * @param areAll whether there are no others; a row that is missing then is not counted on when it comes back
     * @return those seen for the whole of their retention
     */
    Set<GlobalId> outlived(ParticipantId database, Collection<Decision> rows, boolean areAll) {
        long now = nanoTime.getAsLong();
        Map<GlobalId, Long> here = firstSeen.computeIfAbsent(database, unseen -> new HashMap<>());
        Set<GlobalId> outlived = new HashSet<>();
        Set<GlobalId> seen = new HashSet<>();
        for (Decision row : rows) {
            seen.add(row.global());
            long since = here.computeIfAbsent(row.global(), unseen -> now);
            if (now - since >= row.retention().toNanos()) {
                outlived.add(row.global());
            }
        }
        if (areAll) {
            here.keySet().retainAll(seen);
        }
        return outlived;
    }
}
