package dev.lockstep.participant.resolver;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.database.Decision;
import dev.lockstep.participant.database.ParticipantDatabase;
import dev.lockstep.participant.database.Session;
import dev.lockstep.participant.flow.Measures.Reason;
import dev.lockstep.participant.observe.Result;
import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import dev.lockstep.participant.observe.Transactions;
import dev.lockstep.participant.transaction.LocalTransactions;
import dev.lockstep.participant.transaction.LooseEnds;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * R3. What this coordinator saw through to the end is forgotten in batches. Another decision is forgotten when nobody asks any more (this
 * process has seen it for its whole retention, or is its coordinator and has told its client; a flow's superior must have said so), and, after
 * the row was read, every follower's database has been seen without a branch of the transaction, with a barrier, through a pool or by a peer.
 */
record Forgetting(LocalTransactions local, Sessions sessions, ParticipantDatabase database, Ages ages) {

    private static final int BATCH = 1_000;

    void forget() throws SQLException {
        LooseEnds looseEnds = local.looseEnds();
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
        Set<GlobalId> ours = new HashSet<>(askedNoMore);
        ours.addAll(looseEnds.held(database.id()));
        Rows rows = sessions.ask(database, session -> Rows.read(session, ours));
        Set<GlobalId> outlived = ages.outlived(database.id(), rows.decisions(), rows.areAll());
        Predicate<Decision> isUnasked =
                decision -> askedNoMore.contains(decision.global()) || outlived.contains(decision.global());
        List<Decision> unasked = rows.decisions().stream().filter(isUnasked).toList();
        Map<ParticipantId, Optional<Set<GlobalId>>> preparedThere = new HashMap<>();
        Map<Reason, Long> kept = new EnumMap<>(Reason.class);
        Set<GlobalId> held = looseEnds.held(database.id());
        rows.decisions().stream()
                .filter(isUnasked.negate())
                .forEach(decision -> kept.merge(
                        held.contains(decision.global()) ? Reason.SUPERIOR : Reason.RETENTION, 1L, Long::sum));
        List<GlobalId> forgettable = new ArrayList<>();
        for (Decision decision : unasked) {
            Optional<Reason> reason = reasonToKeep(
                    decision, there -> preparedThere.computeIfAbsent(there, first -> look(first, unasked)));
            reason.ifPresentOrElse(why -> kept.merge(why, 1L, Long::sum), () -> forgettable.add(decision.global()));
        }
        local.measures().kept(database.id(), kept);
        if (!forgettable.isEmpty()) {
            delete(forgettable, "no follower is prepared any more");
        }
        Set<GlobalId> done = new HashSet<>();
        if (rows.areAll()) {
            done.addAll(ours);
            done.removeAll(rows.open());
            rows.decisions().forEach(decision -> done.remove(decision.global()));
        }
        done.addAll(forgettable);
        looseEnds.done(database.id(), done);
    }

    private static Optional<Reason> reasonToKeep(
            Decision decision, Function<ParticipantId, Optional<Set<GlobalId>>> preparedThere) {
        for (ParticipantId follower : decision.followers()) {
            Optional<Set<GlobalId>> there = preparedThere.apply(follower);
            if (there.isEmpty()) {
                return Optional.of(Reason.UNSEEN);
            }
            if (there.get().contains(decision.global())) {
                return Optional.of(Reason.PREPARED);
            }
        }
        return Optional.empty();
    }

    /** What there is to forget, read on one session: first what is still prepared, then the rows. */
    private record Rows(Set<GlobalId> open, List<Decision> decisions) {

        static Rows read(Session session, Set<GlobalId> ours) throws SQLException {
            Set<GlobalId> open = ours.isEmpty() ? Set.of() : session.transactionsPrepared();
            List<Decision> decisions = session.forgettable(ours, BATCH);
            if (!ours.isEmpty()) {
                session.barrier(); // a row that is missing here may be there on the server that is the primary now
            }
            return new Rows(open, decisions);
        }

        /** Else there may be rows that were not read. */
        boolean areAll() {
            return decisions.size() < BATCH;
        }
    }

    /** Those of which something is prepared in a follower's database, or empty if it cannot be told. */
    private Optional<Set<GlobalId>> look(ParticipantId follower, List<Decision> decisions) {
        List<GlobalId> itsOwn = decisions.stream()
                .filter(decision -> decision.followers().contains(follower))
                .map(Decision::global)
                .toList();
        try {
            return Optional.of(sessions.prepared(follower, itsOwn));
        } catch (SQLException e) {
            return Optional.empty(); // its absence is told by Sessions
        }
    }

    private void delete(Collection<GlobalId> globals, String evidence) throws SQLException {
        globals.forEach(global -> tell(global, Moment.BEFORE, evidence));
        sessions.ask(database, session -> {
            session.forget(globals);
            return true;
        });
        globals.forEach(global -> tell(global, Moment.AFTER, evidence));
    }

    private void tell(GlobalId global, Moment moment, String why) {
        Transactions.tell(() -> new TransactionEvent(
                Kind.FORGET, moment, global.text(), database.id().name(), "C0", true, Instant.now(), Result.NONE, why));
    }
}
