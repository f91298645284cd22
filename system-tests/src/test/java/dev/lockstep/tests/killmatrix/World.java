package dev.lockstep.tests.killmatrix;

import java.util.Optional;
import java.util.UUID;

/** The two ways to buy: now, both or nothing, alone or with others; or a ticket now, and the goods later. */
enum World {
    /** {@code POST /api/orders}: the answer tells what came of it. */
    ORDER,

    /** The same while others order, so that they share a transaction. */
    SHARED,

    /** {@code POST /api/tickets}: yes means that the ticket is given, and its order will be there. */
    TICKET {
        @Override
        Answer place(Client client, UUID id, int productId, int quantity) {
            return client.takeTicket(id, productId, quantity);
        }

        @Override
        Optional<Boolean> isThere(Client client, UUID id) {
            return client.isReady(id);
        }

        @Override
        boolean isOpenAfter(Answer answer) {
            return answer != Answer.NO;
        }
    };

    Answer place(Client client, UUID id, int productId, int quantity) {
        return client.place(id, productId, quantity);
    }

    /** Asks whether the goods are there: yes, no and never, or not to be told now. */
    Optional<Boolean> isThere(Client client, UUID id) {
        return client.isThere(id);
    }

    /** Whether the client must ask what became of it. */
    boolean isOpenAfter(Answer answer) {
        return answer.isOpen();
    }

    /** Whether one transaction spans both databases. */
    boolean isTwoPhase() {
        return this != TICKET;
    }
}
