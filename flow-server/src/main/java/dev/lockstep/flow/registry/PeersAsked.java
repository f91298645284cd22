package dev.lockstep.flow.registry;

import dev.lockstep.flow.trust.Peer;
import dev.lockstep.flow.trust.Peers;
import dev.lockstep.flow.wire.Message;
import dev.lockstep.flow.wire.NoAnswerException;
import dev.lockstep.flow.wire.Outbox;
import dev.lockstep.flow.wire.Reply;
import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.DecisionSource;
import dev.lockstep.participant.flow.DecisionState;
import dev.lockstep.participant.flow.KnownDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks peers about databases that no pool of this server reaches. A peer is believed about a database that it has named as its own, or
 * about a decision whose id bears its name: the coordinator's name of a server is its name in the peers file (FLOW-DESIGN, section 15,
 * row 10). Who gives no answer is left in peace for a moment. Thread-safe.
 */
final class PeersAsked implements DecisionSource {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int NAMED_MAX = 10_000;
    private static final Duration PEACE = Duration.ofMillis(900);

    private final Peers peers;
    private final Outbox outbox;
    private final Map<ParticipantId, Set<String>> named = new ConcurrentHashMap<>();
    private final Map<String, Deadline> silent = new ConcurrentHashMap<>();

    PeersAsked(Peers peers, Outbox outbox) {
        this.peers = peers;
        this.outbox = outbox;
    }

    /** A peer's signed answer has named databases that it, or those it called, reach. */
    void named(Peer peer, Collection<KnownDatabase> databases) {
        for (KnownDatabase database : databases) {
            if (named.size() >= NAMED_MAX && !named.containsKey(database.id())) {
                return; // a peer that names without end; who holds is asked all the same
            }
            named.computeIfAbsent(database.id(), first -> ConcurrentHashMap.newKeySet())
                    .add(peer.name());
        }
    }

    @Override
    public Map<GlobalId, DecisionState> decisions(ParticipantId commitPoint, Collection<GlobalId> ids)
            throws SQLException {
        Map<GlobalId, DecisionState> states = new HashMap<>();
        for (List<GlobalId> batch : batches(ids)) {
            Reply.States reply = ask(commitPoint, batch, new Message.Decisions(commitPoint, batch), Reply.States.class);
            states.putAll(reply.states());
        }
        states.keySet().retainAll(Set.copyOf(ids));
        return states;
    }

    @Override
    public Set<GlobalId> prepared(ParticipantId database, Collection<GlobalId> ids) throws SQLException {
        Set<GlobalId> found = new HashSet<>();
        for (List<GlobalId> batch : batches(ids)) {
            found.addAll(ask(database, batch, new Message.Prepared(database, batch), Reply.PreparedThere.class)
                    .ids());
        }
        return found;
    }

    /** One holder's decisions together: it is asked first. */
    private static List<List<GlobalId>> batches(Collection<GlobalId> ids) {
        List<List<GlobalId>> batches = new ArrayList<>();
        ids.stream().collect(Collectors.groupingBy(PeersAsked::holder)).values().forEach(all -> {
            for (int from = 0; from < all.size(); from += Farewells.BATCH) {
                batches.add(List.copyOf(all.subList(from, Math.min(from + Farewells.BATCH, all.size()))));
            }
        });
        return batches;
    }

    /** JTS's names begin with the server's name and a comma. */
    static String holder(GlobalId decision) {
        String coordinator = decision.coordinator();
        int comma = coordinator.indexOf(',');
        return comma < 0 ? coordinator : coordinator.substring(0, comma);
    }

    private <T extends Reply> T ask(ParticipantId database, List<GlobalId> ids, Message message, Class<T> answer)
            throws SQLException {
        List<String> heard = new ArrayList<>();
        for (Peer peer : candidates(database, holder(ids.get(0)))) {
            Optional<Reply> reply = ask(peer, message, heard);
            if (reply.filter(answer::isInstance).isPresent()) {
                return answer.cast(reply.get());
            }
            reply.ifPresent(other -> heard.add(peer + " says " + other));
        }
        throw new SQLException(database + " is reached by no pool of this server, and no peer tells: "
                + (heard.isEmpty() ? "none has named it" : String.join("; ", heard)));
    }

    private Optional<Reply> ask(Peer peer, Message message, List<String> heard) {
        Deadline peace = silent.get(peer.name());
        if (peace != null && !peace.isOver()) {
            heard.add(peer + " was silent just now");
            return Optional.empty();
        }
        Looks looks = Looks.of(peer, message);
        looks.before();
        try {
            Reply reply = Waiting.answer(outbox.send(peer, message, LIMIT), LIMIT);
            silent.remove(peer.name());
            looks.after(reply);
            return Optional.of(reply);
        } catch (NoAnswerException e) {
            silent.put(peer.name(), Deadline.in(PEACE));
            looks.unanswered(String.valueOf(e.getMessage()));
            heard.add(peer + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private List<Peer> candidates(ParticipantId database, String holder) {
        Set<String> names = new LinkedHashSet<>();
        names.add(holder);
        names.addAll(named.getOrDefault(database, Set.of()));
        Function<String, Optional<Peer>> known = peers::named;
        return names.stream().map(known).flatMap(Optional::stream).toList();
    }
}
