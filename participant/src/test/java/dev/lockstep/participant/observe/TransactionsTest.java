package dev.lockstep.participant.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.observe.TransactionEvent.Kind;
import dev.lockstep.participant.observe.TransactionEvent.Moment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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

    /** Scenario: the resolver takes a step while a listener is still told of an earlier one. Expected outcome: both, in their order. */
    @Test
    void whatNobodyHeard_isNotOvertaken() throws Exception {
        Queue<String> order = new ConcurrentLinkedQueue<>();
        Thread resolver = new Thread(() -> Transactions.tellOrKeep(resolved("late")));
        TransactionListener slow = event -> {
            if (event.globalId().equals("early")) {
                resolver.start();
                while (resolver.getState() != Thread.State.BLOCKED && resolver.isAlive()) {
                    Thread.onSpinWait();
                }
            }
            order.add(event.globalId());
        };
        Transactions.tellOrKeep(resolved("early"));
        Transactions.listenFromStart(slow);
        resolver.join();
        Transactions.stopListening(slow);
        assertThat(order).containsExactly("early", "late");
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
