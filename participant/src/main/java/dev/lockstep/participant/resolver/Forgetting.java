package dev.lockstep.participant.resolver;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.coordinator.Coordinator;
import dev.lockstep.participant.coordinator.LooseEnds;
import dev.lockstep.participant.database.Decision;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.Session;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import dev.lockstep.participant.observe.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * R3. What this coordinator saw through to the end is forgotten in batches. Another decision is forgotten when nobody asks any more (its
 * coordinator's retention is over, or the coordinator is this process and has told its client), and, after the row was read, every
 * follower's database has been seen without a branch of the transaction.
 */
record Forgetting(Coordinator coordinator, Sessions sessions, ParticipantDatabase database) {

    private static final int BATCH = 1_000;

    void forget() throws SQLException {
        LooseEnds looseEnds = coordinator.looseEnds();
        for (List<GlobalId> seen = looseEnds.takeSeenThrough(database.id(), BATCH);
                !seen.isEmpty();
                seen = looseEnds.takeSeenThrough(database.id(), BATCH)) {
            try {
                delete(seen, "seen through");
            } catch (SQLException e) {
                looseEnds.giveBack(database.id(), seen);
                throw e;
            }
        }
        forgetWhatNobodyAsksFor(looseEnds);
    }

    private void forgetWhatNobodyAsksFor(LooseEnds looseEnds) throws SQLException {
        Set<GlobalId> askedNoMore = looseEnds.askedNoMore(database.id());
        Set<GlobalId> open = askedNoMore.isEmpty() ? Set.of() : sessions.ask(database, Forgetting::preparedIn);
        List<Decision> decisions = sessions.ask(database, session -> session.forgettable(askedNoMore, BATCH));
        Map<ParticipantId, Optional<Set<GlobalId>>> preparedThere = new HashMap<>();
        List<GlobalId> forgettable = decisions.stream()
                .filter(decision -> decision.followers().stream().allMatch(follower -> preparedThere
                        .computeIfAbsent(follower, this::look)
                        .filter(there -> !there.contains(decision.global()))
                        .isPresent()))
                .map(Decision::global)
                .toList();
        if (!forgettable.isEmpty()) {
            delete(forgettable, "no follower is prepared any more");
        }
        Set<GlobalId> done = new HashSet<>();
        if (decisions.size() < BATCH) { // else there may be rows that were not read
            done.addAll(askedNoMore);
            done.removeAll(open);
            decisions.forEach(decision -> done.remove(decision.global()));
        }
        done.addAll(forgettable);
        looseEnds.done(database.id(), done);
    }

    /** All that is prepared in a follower's database, or empty if it cannot be told. */
    private Optional<Set<GlobalId>> look(ParticipantId follower) {
        return coordinator.database(follower).flatMap(there -> {
            try {
                return Optional.of(sessions.ask(there, Forgetting::preparedIn));
            } catch (SQLException e) {
                return Optional.empty(); // its absence is told by Sessions
            }
        });
    }

    private static Set<GlobalId> preparedIn(Session session) throws SQLException {
        Set<GlobalId> globals = new HashSet<>();
        session.prepared().forEach(branch -> globals.add(branch.id().global()));
        return globals;
    }

    private void delete(Collection<GlobalId> globals, String evidence) throws SQLException {
        globals.forEach(global -> tell(global, Moment.BEFORE, evidence));
        sessions.ask(database, session -> {
            session.forget(globals);
            return true;
        });
        globals.forEach(global -> tell(global, Moment.AFTER, evidence));
    }

    private void tell(GlobalId global, Moment moment, String outcome) {
        Transactions.tell(() -> new TransactionEvent(
                Kind.FORGET, moment, global.text(), database.id().name(), "C0", Instant.now(), outcome));
    }
}
