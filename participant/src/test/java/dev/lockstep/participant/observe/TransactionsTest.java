package dev.lockstep.participant.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransactionsTest {

    private final List<TransactionEvent> heard = new ArrayList<>();
    private final TransactionListener listener = heard::add;
    private final List<TransactionEvent> heardLater = new ArrayList<>();
    private final TransactionListener later = heardLater::add;

    @AfterEach
    void stopListening() {
        Transactions.stopListening(listener);
        Transactions.stopListening(later);
    }

    private static TransactionEvent resolved(String globalId) {
        return new TransactionEvent(Kind.RESOLVE, Moment.AFTER, globalId, "product", "C0", Instant.EPOCH, "ROLLBACK");
    }

    @Test
    void whatNobodyHeard_isToldOnce_toWhoComesFromTheStart() {
        Transactions.tellOrKeep(resolved("early"));
        Transactions.listenFromStart(listener);
        Transactions.tellOrKeep(resolved("late"));
        Transactions.listenFromStart(later);
        assertThat(heard).extracting(TransactionEvent::globalId).containsExactly("early", "late");
        assertThat(heardLater).isEmpty();
    }

    @Test
    void ofAllThatNobodyHeard_theLastThousandAreKept() {
        for (int i = 0; i < 1500; i++) {
            Transactions.tellOrKeep(resolved("transaction " + i));
        }
        Transactions.listenFromStart(listener);
        assertThat(heard).hasSize(1000);
        assertThat(heard.get(0).globalId()).isEqualTo("transaction 500");
    }
}
