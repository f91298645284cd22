package dev.lockstep.shop.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.order.boundary.NewOrder;
import dev.lockstep.order.boundary.PlacedOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a client hears that waits, and what it does to its order if it does not wait for it. */
class WaitingOrderTest {

    private static final UUID ID = UUID.fromString("6f1f3c9e-51b4-4a65-bb0f-6a3f4c1f5f10");

    private final WaitingClient client = new WaitingClient();
    private final long before = System.nanoTime();
    private boolean isInTheQueue = true;
    private final WaitingOrder order = new WaitingOrder(
            new OrderRequest(new NewOrder(ID, "tea", 1, 2), true),
            client.request(),
            Duration.ofSeconds(30),
            withdrawn -> {
                boolean was = isInTheQueue;
                isInTheQueue = false;
                return was;
            });

    private static Outcome written() {
        return new Outcome.Written(new PlacedOrder(ID, "tea", Instant.EPOCH, 1, 2), true);
    }

    private void begin() {
        isInTheQueue = false;
    }

    @Test
    void answer_isGivenOnce() {
        begin();
        order.answer(written());
        order.answer(new Outcome.Unknown());
        assertThat(client.statuses()).containsExactly(201);
        assertThat(client.header("Location")).isEqualTo("/api/orders/" + ID);
        assertThat(client.body()).contains(ID.toString(), "\"quantity\":2");
        assertThat(client.completions()).isEqualTo(1);
    }

    @Test
    void answerInDoubt_tellsWhereToAsk() {
        begin();
        order.answer(new Outcome.Unknown());
        assertThat(client.statuses()).containsExactly(503);
        assertThat(client.header("Location")).isEqualTo("/api/orders/" + ID);
        assertThat(client.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void clientIsPatient_forSoLong() {
        long after = System.nanoTime();
        long patience = Duration.ofSeconds(30).toNanos();
        assertThat(order.isImpatient(before + patience - 1)).isFalse();
        assertThat(order.isImpatient(after + patience)).isTrue();
    }

    /** Grizzly keeps whatever has a time limit of its own, until long after its end. */
    @Test
    void containerHasNothingToRemember() {
        assertThat(client.timeLimit()).isZero();
    }

    /** Its order is taken out before it is begun; but an earlier request may have placed it, so nothing is said of the order. */
    @Test
    void clientThatHasWaitedTooLong_hearsThatThisRequestHasChangedNothing_ifItsOrderHasNotBegun() {
        order.giveUp();
        assertThat(client.statuses()).containsExactly(503);
        assertThat(client.body())
                .contains(":busy", "30 s", "has changed nothing")
                .doesNotContain(ID.toString());
        assertThat(isInTheQueue).isFalse();
        order.answer(written());
        assertThat(client.statuses()).hasSize(1);
    }

    @Test
    void clientThatHasWaitedTooLong_isToldWhereToAsk_ifItsOrderHasBegun() {
        begin();
        order.giveUp();
        assertThat(client.body()).contains(":outcome-unknown");
        order.answer(written());
        assertThat(client.statuses()).hasSize(1);
    }

    /** The container gives the response to another request: nothing may be written into it. */
    @Test
    void requestThatIsGivenUp_isNotAnswered_andItsOrderIsWithdrawn() throws Exception {
        client.isGivenUp();
        assertThat(isInTheQueue).isFalse();
        order.answer(written());
        assertThat(client.statuses()).isEmpty();
        assertThat(client.completions()).isEqualTo(1);
    }

    /** A response that nobody has written says 200, which means that the order was placed before. */
    @Test
    void answerThatCannotBeMade_isNoYes() {
        begin();
        client.refuseHeaders();
        order.answer(written());
        assertThat(client.statuses()).endsWith(500);
        assertThat(client.completions()).isEqualTo(1);
    }

    @Test
    void connectionThatBreaksWithTheAnswer_endsTheRequestNevertheless() {
        begin();
        client.breakDown();
        order.answer(written());
        assertThat(client.completions()).isEqualTo(1);
    }
}
