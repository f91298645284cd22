package dev.lockstep.participant.resolver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.DecisionSource;
import dev.lockstep.participant.flow.DecisionState;
import dev.lockstep.participant.transaction.LocalFlows;
import dev.lockstep.participant.transaction.LocalTransactions;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Peers are asked where no pool leads. */
class SessionsTest {

    private static final ParticipantId ELSEWHERE = new ParticipantId("elsewhere", 1, 5, 6);
    private static final ParticipantId FARAWAY = new ParticipantId("faraway", 2, 5, 6);

    private final LocalTransactions local = new LocalTransactions();
    private final Sessions sessions = new Sessions(local, Level.DEBUG);

    /** Answers for one database, and not for others; notes how many it was asked for. */
    private static final class CountingPeer implements DecisionSource {

        private final List<Integer> asked = new ArrayList<>();

        private void ask(ParticipantId database, Collection<GlobalId> ids) throws SQLException {
            asked.add(ids.size());
            if (!database.equals(ELSEWHERE)) {
                throw new SQLException("no peer answers for " + database);
            }
        }

        @Override
        public Map<GlobalId, DecisionState> decisions(ParticipantId commitPoint, Collection<GlobalId> ids)
                throws SQLException {
            ask(commitPoint, ids);
            return ids.stream().collect(Collectors.toMap(Function.identity(), id -> DecisionState.COMMITTED));
        }

        @Override
        public Set<GlobalId> prepared(ParticipantId database, Collection<GlobalId> ids) throws SQLException {
            ask(database, ids);
            return Set.copyOf(ids);
        }
    }

    private CountingPeer peer() {
        CountingPeer peer = new CountingPeer();
        new LocalFlows(local).askElsewhere(peer);
        return peer;
    }

    private static List<GlobalId> decisions(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> (10_000_000 + i) + "there,server,P100")
                .map(id -> Base64.getEncoder().encodeToString(id.getBytes(StandardCharsets.US_ASCII)))
                .map(id -> new GlobalId(GlobalId.JTS_FORMAT + "_" + id))
                .toList();
    }

    @Test
    void peers_areAskedInMessagesOfAHundred() throws Exception {
        CountingPeer peer = peer();
        assertThat(sessions.decisions(ELSEWHERE, decisions(250))).hasSize(250);
        assertThat(sessions.prepared(ELSEWHERE, decisions(101))).hasSize(101);
        assertThat(peer.asked).containsExactly(100, 100, 50, 100, 1);
    }

    /** One database for which nobody answers must not hold up the rounds. */
    @Test
    void peerThatWasSilent_isNotAskedAgainAtOnce_andOthersAre() throws Exception {
        CountingPeer peer = peer();
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> sessions.decisions(FARAWAY, decisions(250)))
                    .withMessageContaining("no peer answers for");
        }
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> sessions.prepared(FARAWAY, decisions(1)))
                .withMessageContaining("faraway is away");
        assertThat(sessions.decisions(ELSEWHERE, decisions(1))).hasSize(1);
        assertThat(peer.asked).containsExactly(100, 1);
    }

    @Test
    void withoutPeers_nobodyIsAsked() {
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> sessions.decisions(ELSEWHERE, decisions(1)))
                .withMessageContaining("it has no peers");
    }
}
