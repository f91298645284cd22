package dev.lockstep.participant.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.branch.GlobalId;
import dev.lockstep.participant.branch.ParticipantId;
import dev.lockstep.participant.flow.DecisionSource;
import dev.lockstep.participant.flow.DecisionState;
import dev.lockstep.participant.flow.Order.Follow;
import dev.lockstep.participant.flow.Outcome;
import dev.lockstep.participant.flow.Subordinate;
import dev.lockstep.participant.flow.Vote;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a follower makes of a missing row (R2); its own branch is at a server that it has called. */
class LookElsewhereTest {

    private static final GlobalId HERE = id("12345678here,server,P100");
    private static final GlobalId THERE = id("12345678there,server,P100");
    private static final ParticipantId PRODUCT = new ParticipantId("product", 1, 5, 6);
    private static final ParticipantId ORDERS = new ParticipantId("orders", 2, 5, 6);

    private final LocalTransactions local = new LocalTransactions();
    private final GlobalTransaction transaction = new GlobalTransaction(HERE, List::of, over -> {});
    private final Gate gate = new Gate(transaction, new SecondPhase(local));
    private CalledServer called;
    private boolean isPrepared = true;
    private boolean isEndedMeanwhile;
    private String silence = "";

    private static GlobalId id(String bytes) {
        return new GlobalId(GlobalId.JTS_FORMAT + "_"
                + Base64.getEncoder().encodeToString(bytes.getBytes(StandardCharsets.US_ASCII)));
    }

    @BeforeEach
    void follow() throws Exception {
        local.askElsewhere(new Peer());
        transaction.enter(gate);
        gate.named(Set.of(ORDERS));
        called = transaction.enlist(
                new Subordinate() {
                    @Override
                    public Set<ParticipantId> databases() {
                        return Set.of(ORDERS);
                    }

                    @Override
                    public int prepare() throws XAException {
                        called.order();
                        called.voted(new Vote.Prepared(THERE, PRODUCT, Duration.ofHours(1)));
                        return XAResource.XA_OK;
                    }
                },
                new SecondPhase(local));
        gate.prepare(new Follow(THERE, PRODUCT, "1"));
    }

    /** Whom it asks: there is no row. */
    private final class Peer implements DecisionSource {

        @Override
        public Map<GlobalId, DecisionState> decisions(ParticipantId commitPoint, Collection<GlobalId> ids)
                throws SQLException {
            if (!silence.isEmpty()) {
                throw new SQLException(silence);
            }
            isPrepared &= !isEndedMeanwhile;
            return Map.of(THERE, DecisionState.NO_ROW);
        }

        @Override
        public Set<GlobalId> prepared(ParticipantId database, Collection<GlobalId> ids) {
            return isPrepared ? Set.copyOf(ids) : Set.of();
        }
    }

    /** Scenario: nobody answers, and it is asked a few times a second. Expected outcome: the log has the reason once, until it changes. */
    @Test
    void noAnswer_isToldOnce() {
        List<String> warnings = new ArrayList<>();
        Handler log = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLevel().equals(Level.WARNING)) {
                    warnings.add(line.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger told = Logger.getLogger(SecondPhase.class.getName());
        told.addHandler(log);
        try {
            for (String reason : List.of("away", "away", "away", "shut down", "shut down")) {
                silence = reason;
                assertThat(gate.ask()).isEqualTo(Outcome.UNKNOWN);
            }
        } finally {
            told.removeHandler(log);
        }
        assertThat(warnings).hasSize(2);
        assertThat(warnings.get(0)).endsWith("away");
        assertThat(warnings.get(1)).endsWith("shut down");
    }

    @Test
    void preparedStill_isRolledBack() {
        assertThat(gate.ask()).isEqualTo(Outcome.ROLLBACK);
    }

    @Test
    void notPreparedAnyMore_isUnknown() {
        isPrepared = false;
        assertThat(gate.ask()).isEqualTo(Outcome.UNKNOWN);
        assertThat(gate.isEndedByOthers()).isTrue();
    }

    /**
     * Scenario: after the first look another instance commits the branch, and the row is forgotten. Expected outcome: it is not taken for rolled
     * back.
     */
    @Test
    void endedBetweenTheLooks_isUnknown() {
        isEndedMeanwhile = true;
        assertThat(gate.ask()).isEqualTo(Outcome.UNKNOWN);
        assertThat(gate.isEndedByOthers()).isTrue();
    }
}
