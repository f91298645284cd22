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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks peers about databases that no pool of this server reaches. A peer is believed about a database that it has named as its own, or
 * about a decision whose id bears its name: the coordinator's name of a server is its name in the peers file (FLOW-DESIGN, section 15,
 * row 10). A router names databases of those it calls, too: who says that the database is not here has not named it any more. If nobody has
 * named it since this server was started, all peers are asked together, as a last resort: what was named before is forgotten, and who answers
 * names it anew. Who gives no answer is left in peace for a moment. Thread-safe.
 */
final class PeersAsked implements DecisionSource {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final int NAMED_MAX = 10_000;
    private static final Duration PEACE = Duration.ofMillis(900);

    private final Peers peers;
    private final Outbox outbox;
    private final Map<ParticipantId, Set<String>> named = new ConcurrentHashMap<>();
    private final Map<String, Silence> silent = new ConcurrentHashMap<>();

    /** A peer gave no answer: until when it is left in peace, and why. */
    private record Silence(Deadline until, String why) {}

    /** A question is on its way, and is told of. */
    private record Asked(Peer peer, Looks looks, CompletionStage<Reply> answer) {}

    PeersAsked(Peers peers, Outbox outbox) {
        this.peers = peers;
        this.outbox = outbox;
    }

    /** A peer's signed answer has named databases that it, or those it called, reach. */
    void named(Peer peer, Collection<KnownDatabase> databases) {
        databases.forEach(database -> named(peer, database.id()));
    }

    private void named(Peer peer, ParticipantId database) {
        if (named.size() < NAMED_MAX || named.containsKey(database)) { // else it names without end
            named.compute(database, (same, names) -> {
                Set<String> all = names == null ? ConcurrentHashMap.newKeySet() : names;
                all.add(peer.name());
                return all;
            });
        }
    }

    private void unnamed(Peer peer, ParticipantId database) {
        named.computeIfPresent(database, (same, names) -> {
            names.remove(peer.name());
            return names.isEmpty() ? null : names;
        });
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
        Optional<Peer> holder = peers.named(holder(ids.get(0)));
        List<Peer> oneByOne = Stream.concat(holder.stream(), named(database).stream())
                .distinct()
                .toList();
        for (Peer peer : oneByOne) {
            Optional<T> told = told(send(peer, message, heard), answer, heard);
            if (told.isPresent()) {
                return told.get();
            }
        }
        if (named(database).isEmpty()) {
            List<Peer> others = peers.all().stream()
                    .filter(peer -> !oneByOne.contains(peer))
                    .toList();
            Optional<T> told = askTogether(others, database, message, answer, heard);
            if (told.isPresent()) {
                return told.get();
            }
        }
        throw new SQLException(database + " is reached by no pool of this server, and no peer tells: "
                + (heard.isEmpty() ? "there is none" : String.join("; ", heard)));
    }

    /** Together, so that some that are silent cost no more than one. */
    private <T extends Reply> Optional<T> askTogether(
            List<Peer> others, ParticipantId database, Message message, Class<T> answer, List<String> heard) {
        List<Asked> sent = others.stream()
                .flatMap(peer -> send(peer, message, heard).stream())
                .toList();
        for (Asked one : sent) {
            Optional<T> told = told(Optional.of(one), answer, heard);
            if (told.isPresent()) {
                named(one.peer(), database);
                return told;
            }
        }
        return Optional.empty();
    }

    /** Empty if it was silent just now. */
    private Optional<Asked> send(Peer peer, Message message, List<String> heard) {
        Silence silence = silent.get(peer.name());
        if (silence != null && !silence.until().isOver()) {
            heard.add(peer + ": " + silence.why()); // the same sentence, so that the log has it once
            return Optional.empty();
        }
        Looks looks = Looks.of(peer, message);
        looks.before();
        return Optional.of(new Asked(peer, looks, outbox.send(peer, message, LIMIT)));
    }

    private <T extends Reply> Optional<T> told(Optional<Asked> sent, Class<T> answer, List<String> heard) {
        if (sent.isEmpty()) {
            return Optional.empty();
        }
        Asked asked = sent.get();
        Peer peer = asked.peer();
        try {
            Reply reply = Waiting.answer(asked.answer(), LIMIT);
            silent.remove(peer.name());
            asked.looks().after(reply);
            if (answer.isInstance(reply)) {
                return Optional.of(answer.cast(reply));
            }
            if (reply instanceof Reply.NotHere notHere) {
                unnamed(peer, notHere.database());
            }
            heard.add(peer + " says " + reply);
        } catch (NoAnswerException e) {
            silent.put(peer.name(), new Silence(Deadline.in(PEACE), e.getMessage()));
            asked.looks().unanswered(String.valueOf(e.getMessage()));
            heard.add(peer + ": " + e.getMessage());
        }
        return Optional.empty();
    }

    private List<Peer> named(ParticipantId database) {
        Function<String, Optional<Peer>> known = peers::named;
        return named.getOrDefault(database, Set.of()).stream()
                .map(known)
                .flatMap(Optional::stream)
                .toList();
    }
}
