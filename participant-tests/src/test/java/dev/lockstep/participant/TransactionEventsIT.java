package dev.lockstep.participant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.participant.observe.TransactionEvent;
import dev.lockstep.participant.observe.TransactionListener;
import dev.lockstep.participant.observe.Transactions;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a listener hears. */
class TransactionEventsIT extends ProtocolFixture {

    private final Queue<TransactionEvent> heard = new ConcurrentLinkedQueue<>();
    private final TransactionListener listener = heard::add;

    @BeforeEach
    void listen() {
        Transactions.listen(listener);
    }

    @AfterEach
    void stopListening() {
        Transactions.stopListening(listener);
    }

    @Test
    void commit_isHeardStepByStep() throws Exception {
        Xid transaction = node.begin();
        Work product = node.product(transaction).open(1, "Ann");
        Work orders = node.orders(transaction).open(1, "Ann");
        product.end();
        orders.end();
        product.prepare();
        orders.prepare();
        product.commit();
        orders.commit();
        await("forgotten", () -> steps().contains("FORGET C0 product seen through"));
        assertThat(steps())
                .containsExactly(
                        "START C0 product ",
                        "START F1 orders ",
                        "END C0 product ",
                        "END F1 orders ",
                        "PREPARE C0 product PREPARED",
                        "PREPARE F1 orders PREPARED",
                        "DECISION C0 product COMMIT",
                        "COMMIT F1 orders COMMIT",
                        "FORGET C0 product seen through");
        assertThat(heard)
                .extracting(TransactionEvent::globalId)
                .containsOnly(heard.peek().globalId());
        assertThat(heard.stream().filter(event -> event.moment() == TransactionEvent.Moment.BEFORE))
                .hasSize(9);
    }

    @Test
    void rollback_andFailures_areHeard() throws Exception {
        Xid transaction = node.begin();
        Work product = node.product(transaction).open(1, "Ann");
        Work orders = node.orders(transaction).open(1, "Ann");
        product.end();
        orders.end();
        product.prepare();
        orders.rollback();
        product.rollback();
        assertThat(steps())
                .endsWith("PREPARE C0 product PREPARED", "ROLLBACK F1 orders DONE", "ROLLBACK C0 product DONE");
    }

    @Test
    void resolver_isHeard() throws Exception {
        Xid transaction = node.begin();
        node.product(transaction).open(1, "Ann").end().prepare();
        node.close();
        node = new Node("healer,server,P100").withPools();
        await("resolved", () -> steps().contains("RESOLVE C0 product ROLLBACK"));
    }

    /** One that throws must not change the outcome. */
    @Test
    void failingListener_isIgnored() throws Exception {
        TransactionListener failing = event -> {
            throw new StackOverflowError("a listener's own trouble");
        };
        Transactions.listen(failing);
        try {
            Xid transaction = node.begin();
            Work product = node.product(transaction).open(1, "Ann").end();
            Work orders = node.orders(transaction).open(1, "Ann").end();
            product.prepare();
            orders.prepare();
            product.commit();
            orders.commit();
        } finally {
            Transactions.stopListening(failing);
        }
        assertCommitted("Ann");
    }

    private List<String> steps() {
        return heard.stream()
                .filter(event -> event.moment() == TransactionEvent.Moment.AFTER)
                .map(event -> event.kind() + " " + event.branch() + " " + event.participant() + " " + event.outcome()
                        + event.detail())
                .toList();
    }
}
