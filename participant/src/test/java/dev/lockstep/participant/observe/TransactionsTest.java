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
        return event(Kind.RESOLVE, Moment.AFTER, globalId, Result.ROLLBACK);
    }

    private static TransactionEvent event(Kind kind, Moment moment, Result result) {
        return event(kind, moment, "4871251_x", result);
    }

    private static TransactionEvent event(Kind kind, Moment moment, String globalId, Result result) {
        return new TransactionEvent(kind, moment, globalId, "product", "C0", true, Instant.EPOCH, result, "");
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
    void veto_countsAtAVoteAlone_andEveryListenerHearsTheEvent() {
        Veto no = new Veto("not today");
        TransactionListener vetoing = event -> {
            throw no;
        };
        TransactionListener failing = event -> {
            throw new IllegalStateException("a listener's own trouble");
        };
        List.of(failing, vetoing, listener).forEach(Transactions::listen);
        try {
            assertThat(Transactions.tell(() -> event(Kind.PREPARE, Moment.AFTER, Result.PREPARED)))
                    .containsSame(no);
            assertThat(heard).hasSize(1);
            List.of(
                            event(Kind.PREPARE, Moment.BEFORE, Result.NONE),
                            event(Kind.PREPARE, Moment.AFTER, Result.NO_ANSWER),
                            event(Kind.DECISION, Moment.BEFORE, Result.NONE),
                            event(Kind.DECISION, Moment.AFTER, Result.COMMIT))
                    .forEach(event -> assertThat(Transactions.tell(() -> event))
                            .as("%s", event)
                            .isEmpty());
        } finally {
            List.of(failing, vetoing).forEach(Transactions::stopListening);
        }
        assertThat(heard).hasSize(5);
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
